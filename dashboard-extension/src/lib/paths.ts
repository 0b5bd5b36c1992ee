/** The addresses of our pages, below BASE. */
export const paths = {
  events: "/events",
  newEvent: "/events/new",
  event: (number: number) => `/events/${number}`,
  scenarios: "/scenarios",
  scenario: (number: number) => `/scenarios/${number}`,
  log: "/log",
  logOfEvent: (number: number) => `/log/event/${number}`,
  /** By the store's global id of the customer. */
  logOfCustomer: (id: string) => `/log/customer/${encodeURIComponent(id)}`,
  logOfScenario: (number: number) => `/log/scenario/${number}`,
  invocation: (number: string) => `/log/invocation/${number}`,
  keys: "/keys",
  settings: "/settings",
  why: "/why",
  whyOfCustomer: (id: string) => `/why/customer/${encodeURIComponent(id)}`,
} as const;
