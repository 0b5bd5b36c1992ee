import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import type { Json } from "@/modules/scenarios/definition";
import type { ValueType } from "@/modules/scenarios/operands";
import { ComparedValue } from "./compared-value";

const TYPES: readonly ValueType[] = ["text", "number", "money"];

function Shown({ onValue }: { onValue: (value: Json) => void }) {
  const [value, setValue] = useState<Json>([]);
  const change = (next: Json) => {
    setValue(next);
    onValue(next);
  };
  return <ComparedValue left="dataFields.score" operator="oneOf" types={TYPES} value={value} onChange={change} />;
}

test("a list of values takes the type that was chosen, also while it is empty", async () => {
  const onValue = vi.fn();
  render(<Shown onValue={onValue} />);
  await userEvent.selectOptions(screen.getByRole("combobox"), "number");
  expect(screen.getByRole("combobox")).toHaveValue("number");
  await userEvent.type(screen.getByRole("textbox"), "10\n20");
  expect(onValue).toHaveBeenLastCalledWith([10, 20]);
});
