import type { Json, Members } from "@/modules/scenarios/definition";

/** What is needed of a setting to say whether it is shown. */
interface Described {
  readonly name: string;
  readonly default?: unknown;
  readonly isAdvanced: boolean;
  readonly onlyWith?: { readonly setting: string; readonly values: readonly string[] } | null;
}

/** A value that is not what it would be without anybody's doing. */
export function isFilled(setting: Described, config: Members): boolean {
  const value = config[setting.name];
  return value !== undefined && JSON.stringify(value) !== JSON.stringify(setting.default ?? null);
}

/** Whether a setting matters with what the others say. What is filled is never hidden: it is sent, or named as wrong. */
export function matters(setting: Described, config: Members, all: readonly Described[]): boolean {
  const { onlyWith } = setting;
  if (!onlyWith || isFilled(setting, config)) return true;
  const other = config[onlyWith.setting] ?? (all.find(({ name }) => name === onlyWith.setting)?.default as Json);
  return typeof other === "string" && onlyWith.values.includes(other);
}

/** The settings that are shown: those that everybody needs, and those that few do. */
export function sortedSettings<Setting extends Described>(
  settings: readonly Setting[],
  config: Members,
): { readonly usual: readonly Setting[]; readonly advanced: readonly Setting[] } {
  const shown = settings.filter((setting) => matters(setting, config, settings));
  return {
    usual: shown.filter(({ isAdvanced }) => !isAdvanced),
    advanced: shown.filter(({ isAdvanced }) => isAdvanced),
  };
}
