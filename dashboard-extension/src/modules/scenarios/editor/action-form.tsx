import { lazy, type ReactNode, Suspense, useState } from "react";
import { useLabel, useTexts } from "@/lib/texts";
import { isMembers, type Json, type Members, type Step, textOf } from "@/modules/scenarios/definition";
import { type Setting, useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { SettingField } from "@/modules/scenarios/editor/setting-field";
import { isFilled, sortedSettings } from "@/modules/scenarios/editor/shown-settings";
import { changed } from "@/modules/scenarios/flow";
import { CodeBlock } from "@/ui/copy";
import { SelectField } from "@/ui/fields";
import { Loading } from "@/ui/notice";

const TestMail = lazy(() => import("@/modules/scenarios/testing/test-mail"));
const TestWebhook = lazy(() => import("@/modules/scenarios/testing/test-webhook"));

/** An action and its settings, as the action describes them. */
export function ActionForm({ step }: { readonly step: Step }) {
  const { actions, change, problemAt, problemWithin } = useEditor();
  const say = useTexts(formTexts);
  const labelOf = useLabel();
  const name = textOf(step.action);
  const action = actions.find((one) => one.name === name);
  const config: Members = isMembers(step.config) ? step.config : {};
  const choose = (chosen: string) =>
    change((flow) =>
      changed(flow, step.id, (one) => ({ ...one, action: chosen, config: keptSettings(config, chosen) })),
    );
  // Settings of the same name and kind go along to another action.
  const keptSettings = (from: Members, chosen: string): Members => {
    const names = new Set(actions.find((one) => one.name === chosen)?.settings.map((setting) => setting.name));
    return Object.fromEntries(Object.entries(from).filter(([member]) => names.has(member)));
  };
  const set = (member: string, value: Json | undefined) =>
    change((flow) => changed(flow, step.id, (one) => ({ ...one, config: withSetting(one.config, member, value) })));
  const known = [
    { value: "", label: say("chooseAction") },
    ...actions.map((one) => ({ value: one.name, label: labelOf(one.label) })),
  ];
  const options = action || !name ? known : [...known, { value: name, label: name }];
  const unknown = Object.entries(config).filter(
    ([member]) => action && !action.settings.some((one) => one.name === member),
  );
  const { usual, advanced } = sortedSettings(action?.settings ?? [], config);
  // What is filled, or wrong, is not looked for.
  const isNeeded = advanced.some((one) => isFilled(one, config) || problemWithin(step.id, `config.${one.name}`));
  const field = (setting: Setting) => (
    <SettingField
      key={`${name}.${setting.name}`}
      step={step}
      setting={setting}
      value={config[setting.name]}
      onChange={(value) => set(setting.name, value)}
    />
  );
  return (
    <>
      <SelectField
        label={say("action")}
        value={name}
        options={options.filter((option) => option.value || !name)}
        onChange={choose}
        help={action && labelOf(action.help)}
        problem={problemAt(step.id, "action")}
      />
      {action && action.permissions.length > 0 && (
        <p className={styles.note}>{say("publishNeeds", { codes: action.permissions.join(", ") })}</p>
      )}
      {usual.map(field)}
      {advanced.length > 0 && (
        <More key={name} isNeeded={isNeeded}>
          {advanced.map(field)}
        </More>
      )}
      <Suspense fallback={<Loading />}>
        {name === "send_email" && <TestMail config={config} />}
        {name === "send_webhook" && <TestWebhook config={config} permissions={action?.permissions ?? []} />}
      </Suspense>
      {(unknown.length > 0 || (!action && Object.keys(config).length > 0)) && (
        <CodeBlock
          code={JSON.stringify(action ? Object.fromEntries(unknown) : config, null, 2)}
          label={say("unknownSettings")}
        />
      )}
    </>
  );
}

/** What few need: open once it is, and then until somebody closes it. */
function More({ isNeeded, children }: { readonly isNeeded: boolean; readonly children: ReactNode }) {
  const say = useTexts(formTexts);
  const [isOpen, setOpen] = useState(isNeeded);
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className={styles.more}>{say("moreSettings")}</summary>
      <div className={styles.form}>{children}</div>
    </details>
  );
}

function withSetting(config: Json | undefined, member: string, value: Json | undefined): Members {
  const { [member]: _, ...rest } = isMembers(config) ? config : {};
  return value === undefined ? rest : { ...rest, [member]: value };
}
