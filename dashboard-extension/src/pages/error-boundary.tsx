import { Component, type ReactNode } from "react";
import { useTexts } from "@/lib/texts";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/notice";
import { common } from "@/words/words";

interface State {
  readonly message?: string;
}

/** A fault of ours in one page leaves a sentence, not a white frame. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = {};

  static getDerivedStateFromError(error: unknown): State {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    return this.state.message === undefined ? this.props.children : <Crashed message={this.state.message} />;
  }
}

function Crashed({ message }: { message: string }) {
  const say = useTexts(common);
  return (
    <Empty title={say("crashTitle")} action={<Button onClick={() => window.location.reload()}>{say("reload")}</Button>}>
      {say("crashText", { message })}
    </Empty>
  );
}
