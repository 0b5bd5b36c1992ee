import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Button } from "@/ui/button";
import { ConfirmProvider, useConfirm } from "@/ui/confirm";
import { SelectField, TextField } from "@/ui/fields";
import { Tabs } from "@/ui/tabs";
import { Window } from "@/ui/window";

test("a forbidden button stays visible and reachable, says what is missing, and does nothing", async () => {
  const press = vi.fn();
  render(
    <Button missing={["MANAGE_USERS"]} onClick={press}>
      Retry
    </Button>,
  );
  const button = screen.getByRole("button", { name: "Retry" });
  await userEvent.tab();
  expect(button).toHaveFocus();
  await userEvent.click(button);
  expect(press).not.toHaveBeenCalled();
  expect(button).toHaveAccessibleDescription("You also need the permission MANAGE_USERS.");
});

test("a busy button cannot be pressed twice", async () => {
  const press = vi.fn();
  render(
    <Button busy onClick={press}>
      Save
    </Button>,
  );
  await userEvent.click(screen.getByRole("button"));
  expect(press).not.toHaveBeenCalled();
});

test("a field tells its problem and help to whoever cannot see them", () => {
  render(<TextField label="Slug" value="x" onChange={() => undefined} help="Letters." problem="Taken." />);
  const field = screen.getByRole("textbox", { name: "Slug" });
  expect(field).toBeInvalid();
  expect(field).toHaveAccessibleDescription("Letters. Taken.");
});

test("a list gives the value chosen", async () => {
  const change = vi.fn();
  const options = [
    { value: "a", label: "Anna" },
    { value: "b", label: "Ben" },
  ] as const;
  render(<SelectField label="Who" value="a" options={options} onChange={change} />);
  await userEvent.selectOptions(screen.getByLabelText("Who"), "Ben");
  expect(change).toHaveBeenCalledWith("b");
});

test("arrow keys move between tabs and show the chosen one", async () => {
  const tabs = ["one", "two", "three"].map((key) => ({ key, label: key, content: `content ${key}` }));
  render(<Tabs label="Parts" tabs={tabs} />);
  await userEvent.tab();
  await userEvent.keyboard("{ArrowRight}");
  expect(screen.getByRole("tab", { name: "two" })).toHaveFocus();
  expect(screen.getByRole("tabpanel")).toHaveTextContent("content two");
  await userEvent.keyboard("{ArrowLeft}{ArrowLeft}");
  expect(screen.getByRole("tabpanel")).toHaveTextContent("content three");
});

test("a window focuses what is marked first, and closes by its button", async () => {
  const close = vi.fn();
  render(
    <Window title="Event" onClose={close}>
      <TextField label="Name" value="" onChange={() => undefined} data-first />
    </Window>,
  );
  expect(screen.getByRole("textbox")).toHaveFocus();
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(close).toHaveBeenCalledOnce();
});

function Asking({ answered }: { answered: (yes: boolean) => void }) {
  const ask = useConfirm();
  return (
    <button type="button" onClick={async () => answered(await ask({ title: "Archive?", text: "…", yes: "Archive" }))}>
      ask
    </button>
  );
}

test.each([
  ["Archive", true],
  ["Cancel", false],
  ["Close", false],
])("a question answered with %s gives %s", async (button, expected) => {
  const answered = vi.fn();
  render(
    <ConfirmProvider>
      <Asking answered={answered} />
    </ConfirmProvider>,
  );
  await userEvent.click(screen.getByRole("button", { name: "ask" }));
  await userEvent.click(screen.getByRole("button", { name: button }));
  expect(answered).toHaveBeenCalledWith(expected);
  expect(screen.queryByText("Archive?")).not.toBeInTheDocument();
});
