/** What the address of the card says: whose page it stands on, and which permissions its token needs. */
export interface Asked {
  /** Saleor's global id; empty where the dashboard gave none. */
  readonly customer: string;
  readonly needs: readonly string[];
}

/** Read `?needs=MANAGE_DISCOUNTS,MANAGE_USERS&customerId=VXNlcjox`: ours and the dashboard's. */
export function readAddress(search: string): Asked {
  const query = new URLSearchParams(search);
  return {
    customer: query.get("customerId") ?? "",
    needs: (query.get("needs") ?? "").split(",").filter((code) => /^[A-Z_]+$/.test(code)),
  };
}
