import { catalogue } from "@/lib/texts";

/** Of the menu alone: the windows' texts are loaded with them. */
export const privacyMenu = catalogue({
  en: {
    menu: "Customer's data",
    export: "Export this customer's data",
    exportHelp: "Everything that custom events keep of them, as a JSON file.",
    erase: "Erase this customer…",
    eraseHelp: "From everything that custom events keep. It cannot be undone.",
  },
  pl: {
    menu: "Dane klienta",
    export: "Eksportuj dane tego klienta",
    exportHelp: "Wszystko, co zdarzenia niestandardowe o nim przechowują, w pliku JSON.",
    erase: "Usuń dane tego klienta…",
    eraseHelp: "Ze wszystkiego, co przechowują zdarzenia niestandardowe. Nie da się tego cofnąć.",
  },
});
