import { type ButtonHTMLAttributes, forwardRef, type ReactNode, useId } from "react";
import { useTexts } from "@/lib/texts";
import { classes } from "@/ui/fields";
import { common } from "@/words/words";
import styles from "./button.module.css";

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly variant?: "primary" | "secondary" | "tertiary" | "error";
  readonly size?: "small" | "medium";
  readonly icon?: ReactNode;
  /** Something is under way because of it: it cannot be pressed again. */
  readonly busy?: boolean;
  /** Permissions that are missing: the button stays visible, cannot be used, and says which. */
  readonly missing?: readonly string[];
}

export const Button = forwardRef<HTMLButtonElement, Props>(function Button(
  { variant = "secondary", size = "medium", icon, busy = false, missing = [], children, onClick, className, ...rest },
  ref,
) {
  const id = useId();
  const say = useTexts(common);
  const forbidden = missing.length > 0;
  const why = forbidden ? say("missingPermission", { count: missing.length, codes: missing.join(", ") }) : undefined;
  const off = forbidden || busy;
  return (
    <>
      <button
        ref={ref}
        type="button"
        {...rest}
        // Not `disabled`: it stays in the order of the Tab key, so that everybody can find out why it is off.
        aria-disabled={off || rest["aria-disabled"] || undefined}
        aria-busy={busy || undefined}
        aria-describedby={forbidden ? id : rest["aria-describedby"]}
        title={why ?? rest.title}
        data-variant={variant}
        data-size={size}
        className={classes(styles.button, children === undefined && styles.square, className)}
        onClick={off ? (event) => event.preventDefault() : onClick}
      >
        {icon}
        {children}
      </button>
      {forbidden && (
        <span id={id} className="sce-hidden">
          {why}
        </span>
      )}
    </>
  );
});

interface IconProps extends Omit<Props, "children" | "icon"> {
  readonly icon: ReactNode;
  /** What it does, for whoever cannot see the icon; also its tooltip. */
  readonly label: string;
}

export const IconButton = forwardRef<HTMLButtonElement, IconProps>(function IconButton({ label, ...rest }, ref) {
  return <Button ref={ref} variant="tertiary" size="small" aria-label={label} title={label} {...rest} />;
});
