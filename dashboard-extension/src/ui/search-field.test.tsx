import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { SearchField } from "./search-field";

function Searching({ onSearch }: { onSearch: (value: string) => void }) {
  const [value, setValue] = useState("");
  const search = (text: string) => {
    onSearch(text);
    // The history takes its time to say what it was told.
    setTimeout(() => setValue(text), 50);
  };
  return (
    <>
      <SearchField label="Search" value={value} onSearch={search} />
      <button type="button" onClick={() => setValue("")}>
        Clear
      </button>
      <output>{value}</output>
    </>
  );
}

test("one asks once somebody has stopped typing, and what is typed meanwhile stays", async () => {
  const onSearch = vi.fn();
  render(<Searching onSearch={onSearch} />);
  const field = screen.getByRole("searchbox", { name: "Search" });
  await userEvent.type(field, "siz");
  await waitFor(() => expect(onSearch).toHaveBeenCalledWith("siz"));
  await userEvent.type(field, "e");
  await waitFor(() => expect(onSearch).toHaveBeenCalledWith("size"));
  expect(field).toHaveValue("size");
  expect(onSearch).toHaveBeenCalledTimes(2);
});

test("what is chosen elsewhere is shown, and not asked for a second time", async () => {
  const onSearch = vi.fn();
  render(<Searching onSearch={onSearch} />);
  const field = screen.getByRole("searchbox");
  await userEvent.type(field, "size");
  await waitFor(() => expect(onSearch).toHaveBeenCalledOnce());
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("size"));
  await userEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect(field).toHaveValue("");
  // Longer than the pause after which it would ask.
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(onSearch).toHaveBeenCalledOnce();
});
