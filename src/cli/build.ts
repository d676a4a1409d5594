import type { AddCommand } from './main.ts';
export const buildCommand: AddCommand = () => {};
