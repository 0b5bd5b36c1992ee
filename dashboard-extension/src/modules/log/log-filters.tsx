import { ListFilter, Search } from "lucide-react";
import { type FormEvent, useEffect, useId, useState } from "react";
import { useTexts } from "@/lib/texts";
import { useViewer } from "@/lib/viewer";
import { FilterChips } from "@/modules/log/filter-chips";
import { FilterPanel } from "@/modules/log/filter-panel";
import { type Filters, looksLikeEmail, type Scope } from "@/modules/log/filters";
import { filtering } from "@/modules/log/messages";
import { Button, IconButton } from "@/ui/button";
import { TextField } from "@/ui/fields";
import { Toolbar } from "@/ui/page";
import { common } from "@/words/words";
import styles from "./log.module.css";

interface Props {
  readonly filters: Filters;
  readonly scope: Scope;
  readonly onChange: (change: Partial<Filters>) => void;
  readonly onClear: () => void;
  /** The server says that this is no e-mail. */
  readonly isEmailWrong: boolean;
}

export function LogFilters({ filters, scope, onChange, onClear, isEmailWrong }: Props) {
  const say = useTexts(filtering);
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <Toolbar label={say("toolbar")}>
      <EmailFilter email={filters.email} isWrong={isEmailWrong} onChange={(email) => onChange({ email })} />
      <Button
        icon={<ListFilter size={16} aria-hidden />}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {say("more")}
      </Button>
      <div id={id} className={styles.panel} hidden={!isOpen}>
        {isOpen && <FilterPanel filters={filters} scope={scope} onChange={onChange} />}
      </div>
      <FilterChips filters={filters} onChange={onChange} onClear={onClear} />
    </Toolbar>
  );
}

interface EmailProps {
  readonly email: string;
  readonly isWrong: boolean;
  readonly onChange: (email: string) => void;
}

/** Asked for when it is sent or left: half an address is none. */
function EmailFilter({ email, isWrong, onChange }: EmailProps) {
  const say = useTexts(filtering);
  const sayCommon = useTexts(common);
  const missing = useViewer().missing("SEE_CUSTOMERS");
  const [typed, setTyped] = useState(email);
  const [isOdd, setOdd] = useState(false);
  useEffect(() => setTyped(email), [email]);
  const send = () => {
    const sent = typed.trim();
    const odd = sent !== "" && !looksLikeEmail(sent);
    setOdd(odd);
    if (!odd && sent !== email) onChange(sent);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const forbidden = missing.length > 0;
  return (
    <form className={styles.search} onSubmit={submit}>
      <TextField
        label={say("email")}
        type="search"
        inputMode="email"
        placeholder={say("emailHint")}
        value={typed}
        readOnly={forbidden}
        help={forbidden && sayCommon("missingPermission", { count: missing.length, codes: missing.join(", ") })}
        problem={(isWrong || isOdd) && say("emailWrong")}
        onChange={setTyped}
        onBlur={send}
      />
      <IconButton
        type="submit"
        size="medium"
        variant="secondary"
        icon={<Search size={16} aria-hidden />}
        label={say("findEmail")}
        missing={missing}
      />
    </form>
  );
}
