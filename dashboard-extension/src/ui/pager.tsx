import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { useTexts } from "@/lib/texts";
import { IconButton } from "@/ui/button";
import { common } from "@/words/words";
import styles from "./pager.module.css";

interface Props {
  readonly onPrevious?: () => void;
  readonly onNext?: () => void;
  readonly children?: ReactNode;
}

/** Previous and next page; without a way there the button stays and does nothing. */
export function Pager({ onPrevious, onNext, children }: Props) {
  const say = useTexts(common);
  return (
    <nav className={styles.pager} aria-label={`${say("previousPage")} / ${say("nextPage")}`}>
      <div className={styles.text}>{children}</div>
      <IconButton
        variant="secondary"
        icon={<ChevronLeft size={18} aria-hidden />}
        label={say("previousPage")}
        disabled={!onPrevious}
        onClick={onPrevious}
      />
      <IconButton
        variant="secondary"
        icon={<ChevronRight size={18} aria-hidden />}
        label={say("nextPage")}
        disabled={!onNext}
        onClick={onNext}
      />
    </nav>
  );
}
