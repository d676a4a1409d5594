import { compareHackage } from './hackage.ts';

/** R's `package_version`: numbers parted by `.` or `-` (https://cran.r-project.org/doc/manuals/r-release/R-exts.html). Undefined where a part is no number. */
export function compareCran(left: string, right: string): -1 | 0 | 1 | undefined {
  return compareHackage(left.replaceAll('-', '.'), right.replaceAll('-', '.'));
}
