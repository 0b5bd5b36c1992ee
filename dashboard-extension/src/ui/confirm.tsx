import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";
import { useTexts } from "@/lib/texts";
import { Button } from "@/ui/button";
import { Window } from "@/ui/window";
import { common } from "@/words/words";

interface Question {
  readonly title: string;
  readonly text: ReactNode;
  readonly yes: string;
  readonly no?: string;
  /** It takes something away. */
  readonly critical?: boolean;
}

type Ask = (question: Question) => Promise<boolean>;
const ConfirmContext = createContext<Ask>(() => Promise.resolve(true));

/** Asks before something happens. The frame has no `confirm()`. */
export function ConfirmProvider({ children }: { children: ReactNode }) {
  const say = useTexts(common);
  const [question, setQuestion] = useState<Question>();
  const answer = useRef<(yes: boolean) => void>(undefined);
  const ask = useCallback<Ask>((asked) => {
    answer.current?.(false);
    setQuestion(asked);
    return new Promise((resolve) => {
      answer.current = resolve;
    });
  }, []);
  const settle = (yes: boolean) => {
    setQuestion(undefined);
    answer.current?.(yes);
    answer.current = undefined;
  };
  return (
    <ConfirmContext.Provider value={ask}>
      {children}
      {question && (
        <Window
          title={question.title}
          width={444}
          onClose={() => settle(false)}
          footer={
            <>
              <Button onClick={() => settle(false)}>{question.no ?? say("cancel")}</Button>
              <Button variant={question.critical ? "error" : "primary"} onClick={() => settle(true)}>
                {question.yes}
              </Button>
            </>
          }
        >
          <div>{question.text}</div>
        </Window>
      )}
    </ConfirmContext.Provider>
  );
}

export function useConfirm(): Ask {
  return useContext(ConfirmContext);
}

/** The question before unsaved work is left. */
export function useLeaveQuestion(): () => Promise<boolean> {
  const ask = useConfirm();
  const say = useTexts(common);
  return () =>
    ask({ title: say("leaveTitle"), text: say("leaveText"), yes: say("leave"), no: say("stay"), critical: true });
}
