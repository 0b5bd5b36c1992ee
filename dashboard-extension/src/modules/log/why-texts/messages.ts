import { catalogue } from "@/lib/texts";

/** The page "Why did nothing happen?". */
export const why = catalogue({
  en: {
    text: "Give a customer's e-mail and an event: you see every decision that was made, from the firing to the end.",
    email: "Customer e-mail",
    emailWrong: "Give an e-mail address.",
    event: "Event",
    eventHelp: "Name, ID or slug",
    eventMissing: "Choose an event, or type its ID or slug.",
    asTyped: "“{text}”, as typed",
    from: "From ({zone})",
    to: "To ({zone})",
    fromMissing: "Give a date and time.",
    order: "This must not be before the beginning.",
    ask: "Find out",
    result: "What was decided",
    resultOf: "Event {number}: {name}",
    scenario: "Scenario {number}",
    invocation: "Invocation {number}",
  },
  pl: {
    text: "Podaj e-mail klienta i zdarzenie, a zobaczysz kolejne decyzje: od wysłania zdarzenia aż do końca.",
    email: "E-mail klienta",
    emailWrong: "Podaj adres e-mail.",
    event: "Zdarzenie",
    eventHelp: "Nazwa, ID lub slug",
    eventMissing: "Wybierz zdarzenie albo wpisz jego ID lub slug.",
    asTyped: "„{text}”, jak wpisano",
    from: "Od ({zone})",
    to: "Do ({zone})",
    fromMissing: "Podaj datę i godzinę.",
    order: "Koniec nie może być przed początkiem.",
    ask: "Sprawdź",
    result: "Co zostało zdecydowane",
    resultOf: "Zdarzenie {number}: {name}",
    scenario: "Scenariusz {number}",
    invocation: "Wywołanie {number}",
  },
});

/** A sentence for every code of `customEventExplain` (log/explain.py). */
export const findings = catalogue({
  en: {
    EVENT_UNKNOWN: "There is no such event.",
    EVENT_ARCHIVED: "The event is archived: every firing since then is refused.",
    LOGGING_OFF: "Logging is off: scenarios run, but firings leave no row and cannot be looked up here.",
    NEVER_FIRED: "The event has never been fired.",
    REFUSED: {
      one: "On these days {number} firing of this event was refused, from anybody.",
      other: "On these days {number} firings of this event were refused, from anybody.",
    },
    REFUSED_UNKNOWN_EVENT: {
      one: "On these days {number} firing was refused that named no existing event, from anybody.",
      other: "On these days {number} firings were refused that named no existing event, from anybody.",
    },
    NO_OCCURRENCE: "No firing of this event for this e-mail was registered in this time.",
    OCCURRENCES_FOUND: {
      one: "{number} firing of this event for this e-mail was registered.",
      other: "{number} firings of this event for this e-mail were registered (the newest 20 are looked at).",
    },
    OCCURRENCES_MERGED: {
      one: "{number} of them was anonymous, from a browser in which this customer logged in.",
      other: "{number} of them were anonymous, from a browser in which this customer logged in.",
    },
    NO_SCENARIO: "No scenario listened to this firing.",
    INVOCATION_RUNNING: "Scenario “{scenario}” is running.",
    INVOCATION_WAITING: "Scenario “{scenario}” is waiting for its time.",
    INVOCATION_COMPLETED: "Scenario “{scenario}” ran to its end.",
    INVOCATION_FAILED: "Scenario “{scenario}” failed.",
    INVOCATION_SKIPPED: "Scenario “{scenario}” did not start.",
    INVOCATION_CANCELLED: "Scenario “{scenario}” was cancelled.",
    SCENARIO_NOT_PUBLISHED: "The draft of scenario “{scenario}” starts from this event, but is not published.",
    SCENARIO_PAUSED: "Scenario “{scenario}” is paused.",
    SCENARIO_PUBLISHED_LATER:
      "Version {version} of scenario “{scenario}”, which listens now, was published after a firing.",
  },
  pl: {
    EVENT_UNKNOWN: "Nie ma takiego zdarzenia.",
    EVENT_ARCHIVED: "Zdarzenie jest zarchiwizowane: każde późniejsze wysłanie jest odrzucane.",
    LOGGING_OFF:
      "Logowanie jest wyłączone: scenariusze działają, ale wywołań nie ma w logu i nie można ich tu sprawdzić.",
    NEVER_FIRED: "Zdarzenia nigdy nie wysłano.",
    REFUSED: {
      one: "W tych dniach odrzucono {number} wysłanie tego zdarzenia (od kogokolwiek).",
      few: "W tych dniach odrzucono {number} wysłania tego zdarzenia (od kogokolwiek).",
      many: "W tych dniach odrzucono {number} wysłań tego zdarzenia (od kogokolwiek).",
      other: "W tych dniach odrzucono {number} wysłania tego zdarzenia (od kogokolwiek).",
    },
    REFUSED_UNKNOWN_EVENT: {
      one: "W tych dniach odrzucono {number} wysłanie, które nie wskazywało istniejącego zdarzenia (od kogokolwiek).",
      few: "W tych dniach odrzucono {number} wysłania, które nie wskazywały istniejącego zdarzenia (od kogokolwiek).",
      many: "W tych dniach odrzucono {number} wysłań, które nie wskazywały istniejącego zdarzenia (od kogokolwiek).",
      other: "W tych dniach odrzucono {number} wysłania, które nie wskazywało istniejącego zdarzenia (od kogokolwiek).",
    },
    NO_OCCURRENCE: "W tym czasie nie zarejestrowano żadnego wysłania tego zdarzenia dla tego adresu e-mail.",
    OCCURRENCES_FOUND: {
      one: "Zarejestrowano {number} wysłanie tego zdarzenia dla tego adresu e-mail.",
      few: "Zarejestrowano {number} wysłania tego zdarzenia dla tego adresu e-mail (sprawdzane jest 20 najnowszych).",
      many: "Zarejestrowano {number} wysłań tego zdarzenia dla tego adresu e-mail (sprawdzane jest 20 najnowszych).",
      other: "Zarejestrowano {number} wysłania tego zdarzenia dla tego adresu e-mail (sprawdzane jest 20 najnowszych).",
    },
    OCCURRENCES_MERGED: {
      one: "{number} z nich było anonimowe, z przeglądarki, w której ten klient się zalogował.",
      few: "{number} z nich były anonimowe, z przeglądarki, w której ten klient się zalogował.",
      many: "{number} z nich było anonimowych, z przeglądarki, w której ten klient się zalogował.",
      other: "{number} z nich było anonimowe, z przeglądarki, w której ten klient się zalogował.",
    },
    NO_SCENARIO: "Żaden scenariusz nie nasłuchiwał tego wysłania.",
    INVOCATION_RUNNING: "Scenariusz „{scenario}” trwa.",
    INVOCATION_WAITING: "Scenariusz „{scenario}” oczekuje na swój czas.",
    INVOCATION_COMPLETED: "Scenariusz „{scenario}” doszedł do końca.",
    INVOCATION_FAILED: "Scenariusz „{scenario}” się nie powiódł.",
    INVOCATION_SKIPPED: "Scenariusz „{scenario}” się nie rozpoczął.",
    INVOCATION_CANCELLED: "Scenariusz „{scenario}” został anulowany.",
    SCENARIO_NOT_PUBLISHED: "Szkic scenariusza „{scenario}” zaczyna się od tego zdarzenia, ale nie jest opublikowany.",
    SCENARIO_PAUSED: "Scenariusz „{scenario}” jest wstrzymany.",
    SCENARIO_PUBLISHED_LATER:
      "Wersję {version} scenariusza „{scenario}”, która teraz nasłuchuje, opublikowano już po wysłaniu zdarzenia.",
  },
});
