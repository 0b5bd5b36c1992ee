import { GitBranch, LogOut, type LucideIcon, MessageSquareText, Shuffle, Timer, Variable, Zap } from "lucide-react";

/** The sign of each kind of step. */
export const STEP_ICONS: Readonly<Record<string, LucideIcon>> = {
  condition: GitBranch,
  split: Shuffle,
  wait: Timer,
  waitUntil: Timer,
  waitForTime: Timer,
  waitForEvent: Timer,
  action: Zap,
  setVariable: Variable,
  comment: MessageSquareText,
  exit: LogOut,
};
