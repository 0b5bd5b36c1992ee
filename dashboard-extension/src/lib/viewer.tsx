import { createContext, type ReactNode, useContext, useMemo } from "react";
import { type CustomEventOperationEnum, ViewerDocument } from "@/graphql/generated";
import { useQuery } from "@/lib/use-query";

export type Operation = CustomEventOperationEnum;

/** Who is logged in, and what they may do. While it is not known nothing is forbidden: the server decides anyway. */
export interface Viewer {
  readonly name: string;
  readonly permissions: ReadonlySet<string>;
  /** The permissions that are missing for an operation; empty where it is allowed. */
  readonly missing: (operation: Operation) => readonly string[];
  readonly may: (operation: Operation) => boolean;
  readonly known: boolean;
}

const NOBODY: Viewer = { name: "", permissions: new Set(), missing: () => [], may: () => true, known: false };
const ViewerContext = createContext<Viewer>(NOBODY);

export function ViewerProvider({ children }: { children: ReactNode }) {
  const { data } = useQuery(ViewerDocument, {});
  const viewer = useMemo((): Viewer => {
    if (!data) return NOBODY;
    const missing = new Map(data.customEventViewer.operations.map((permit) => [permit.operation, permit.missing]));
    const of = (operation: Operation) => missing.get(operation) ?? [];
    return {
      name: data.customEventViewer.name,
      permissions: new Set(data.customEventViewer.permissions),
      missing: of,
      may: (operation) => of(operation).length === 0,
      known: true,
    };
  }, [data]);
  return <ViewerContext.Provider value={viewer}>{children}</ViewerContext.Provider>;
}

export function useViewer(): Viewer {
  return useContext(ViewerContext);
}
