import { MAX_SCRIPT } from './shell-addresses.ts';

/**
 * The simple commands of a shell script, each as its words without quotes, in order. Pipes, lists, groups and substitutions in parentheses are taken apart; remarks and
 * redirections are left out; variables stay as they stand, an expression of GitHub Actions becomes `$`. Looks at so much of a script as is searched for addresses.
 */
export function shellCommands(script: string): string[][] {
  const text = script
    .slice(0, MAX_SCRIPT)
    .replace(/\$\{\{[^}]{0,500}\}\}/g, '$')
    .replace(/[\\`]\r?\n/g, ' ');
  const commands: string[][] = [];
  let words: string[] = [];
  let isRemark = false;
  const end = () => {
    if (words.length > 0)
      commands.push(words.filter((word, index) => !isRedirection(word) && !/^\d*(?:>>?|<)$/.test(words[index - 1] ?? '')));
    words = [];
  };
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '\n') isRemark = false;
    if (isRemark) continue;
    if (/^[\n;&|()]/.test(token)) end();
    else if (token.startsWith('#')) isRemark = true;
    else if (!/^\s/.test(token)) words.push(token.replace(/\\(.)/g, '$1').replace(/["']/g, ''));
  }
  end();
  return commands.filter((command) => command.length > 0);
}

/** Ends of commands, space, or a word of which parts may be quoted; a quote that nothing ends is a character. */
const TOKEN = /\n|[;&|()]+|[^\S\n]+|(?:\\.|"[^"\n]{0,2000}"|'[^'\n]{0,2000}'|[^\s;&|()"'\\])+|["'\\]/g;

function isRedirection(word: string): boolean {
  return /^\d*[<>]/.test(word);
}
