#!/usr/bin/env node
// The command by the name that it had: threatpedia.cjs beside it starts sooner.
import './threatpedia.cjs';
