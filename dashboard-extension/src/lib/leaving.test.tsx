import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { Routing, useGo, useLeaving } from "./routing";

type MayLeave = () => Promise<boolean>;

function Unsaved({ mayLeave }: { mayLeave: MayLeave }) {
  useLeaving(true, mayLeave);
  return null;
}

/** A page that is edited, over which a window may stand that is edited too. */
function Edited({ page, window: inWindow }: { page: MayLeave; window: MayLeave }) {
  const go = useGo();
  const [open, setOpen] = useState(true);
  return (
    <>
      <Unsaved mayLeave={page} />
      {open && <Unsaved mayLeave={inWindow} />}
      <button type="button" onClick={() => setOpen(false)}>
        Close the window
      </button>
      <button type="button" onClick={() => go("/events")}>
        Go
      </button>
    </>
  );
}

function shown(page: MayLeave, window: MayLeave) {
  history.replaceState(null, "", "/elsewhere");
  render(
    <Routing>
      <Edited page={page} window={window} />
    </Routing>,
  );
}

const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

test("a window over an edited page is asked first, then the page, and either may stay", async () => {
  const asked: string[] = [];
  const say = (who: string, answer: boolean) => async () => {
    asked.push(who);
    return answer;
  };
  shown(say("page", false), say("window", true));
  await press("Go");
  expect(asked).toEqual(["window", "page"]);
  expect(location.pathname).toBe("/elsewhere");
});

test("once the window is closed, the page is still asked", async () => {
  const page = vi.fn(async () => true);
  const inWindow = vi.fn(async () => false);
  shown(page, inWindow);
  await press("Close the window");
  await press("Go");
  expect(inWindow).not.toHaveBeenCalled();
  expect(page).toHaveBeenCalledOnce();
  await waitFor(() => expect(location.pathname).toMatch(/\/events$/));
});
