from django.db import migrations, models

INVOCATION, STEP_RUN, CHANGE = (f"saleor_custom_events_{name}" for name in ("invocation", "steprun", "tallychange"))
LOCK = f"LOCK TABLE {INVOCATION}, {STEP_RUN} IN ACCESS EXCLUSIVE MODE"

ADD = f"INSERT INTO {CHANGE} (version_id, hour, part, outcome, about, logged, by)"
HOUR = "date_trunc('hour', {}, 'UTC')"


def entered(row: str) -> str:
    """What a row of the log is for its start point."""
    return f"""CASE WHEN {row}.status IN ('running', 'waiting') THEN 'under_way' ELSE {row}.status END,
      CASE WHEN {row}.status IN ('skipped', 'failed') THEN {row}.reason ELSE '' END"""


#: It ended from outside, in the middle of a step, or goes on after such an end.
CUT_OFF = """(o.due_at IS NULL) <> (n.due_at IS NULL)
      AND (o.status IN ('cancelled', 'failed') OR n.status IN ('cancelled', 'failed'))"""

MADE = f"""
BEGIN
  {ADD}
  SELECT n.version_id, {HOUR.format("n.created_at")}, n.start, {entered("n")}, n.logged, count(*)
  FROM made n WHERE n.counted AND n.version_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6;
  RETURN NULL;
END"""

# Most updates are claims, and change nothing that is counted. An end leaves a step as it is, where it came from
# outside (cancelled, restarted, put aside); who is retried from there stands in it again. Subqueries are fenced off with
# OFFSET 0: a plan is kept for a session, and must find the steps by their invocation however many rows came first.
CHANGED = f"""
BEGIN
  IF NOT EXISTS (SELECT FROM was o JOIN made n USING (id) WHERE o.status <> n.status OR o.reason <> n.reason) THEN
    RETURN NULL;
  END IF;
  {ADD}
  SELECT n.version_id, {HOUR.format("n.created_at")}, n.start, c.outcome, c.about, n.logged, sum(c.by)
  FROM was o JOIN made n USING (id)
  CROSS JOIN LATERAL (VALUES ({entered("o")}, -1), ({entered("n")}, 1)) AS c(outcome, about, by)
  WHERE n.counted AND n.version_id IS NOT NULL AND (o.status <> n.status OR o.reason <> n.reason)
  GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(c.by) <> 0;
  IF EXISTS (SELECT FROM was o JOIN made n USING (id) WHERE {CUT_OFF}) THEN
    UPDATE {STEP_RUN} SET outcome = CASE outcome WHEN 'waiting' THEN 'stopped' ELSE 'waiting' END
    WHERE id = ANY(ARRAY(
      SELECT s.id FROM was o JOIN made n USING (id) CROSS JOIN LATERAL (
        SELECT r.id FROM {STEP_RUN} r WHERE r.invocation_id = n.id
          AND r.outcome = CASE WHEN n.due_at IS NULL THEN 'waiting' ELSE 'stopped' END OFFSET 0) s
      WHERE {CUT_OFF}));
  END IF;
  RETURN NULL;
END"""

OUTCOME = f"""
DECLARE i record;
BEGIN
  SELECT version_id, created_at, due_at IS NULL AS is_over INTO i
  FROM {INVOCATION} WHERE id = NEW.invocation_id AND counted;
  IF NOT FOUND THEN
    RETURN NEW;
  END IF;
  NEW.version_id := i.version_id;
  NEW.made_at := i.created_at;
  NEW.outcome := CASE NEW.status WHEN 'done' THEN 'passed' WHEN 'skipped' THEN 'skipped' WHEN 'failed' THEN 'failed'
    WHEN 'unknown' THEN 'unknown' ELSE CASE WHEN i.is_over THEN 'stopped' ELSE 'waiting' END END;
  NEW.about := CASE WHEN NEW.status IN ('skipped', 'failed') THEN NEW.reason
    WHEN NEW.status = 'done' AND NEW.kind IN ('condition', 'split', 'waitForEvent')
    THEN left(coalesce(NEW.result ->> 'branch', ''), 40) ELSE '' END;
  RETURN NEW;
END"""

STEP = f"""s.version_id, {HOUR.format("s.made_at")}, s.step"""
LOGGED = f"(SELECT i.logged FROM {INVOCATION} i WHERE i.id = s.invocation_id)"
STEPS_MADE = f"""
BEGIN
  {ADD}
  SELECT {STEP}, s.outcome, s.about, {LOGGED}, count(*)
  FROM made s WHERE s.outcome IS NOT NULL AND s.version_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6;
  IF EXISTS (SELECT FROM made s WHERE s.visit > 1) THEN
    UPDATE {STEP_RUN} SET outcome = NULL WHERE id = ANY(ARRAY(
      SELECT e.id FROM made s CROSS JOIN LATERAL (
        SELECT r.id FROM {STEP_RUN} r WHERE r.invocation_id = s.invocation_id AND r.visit < s.visit
          AND r.step = s.step AND r.outcome IS NOT NULL OFFSET 0) e));
  END IF;
  RETURN NULL;
END"""
STEPS_CHANGED = f"""
BEGIN
  {ADD}
  SELECT {STEP}, c.outcome, c.about, {LOGGED}, sum(c.by)
  FROM was o JOIN made s USING (id)
  CROSS JOIN LATERAL (VALUES (o.outcome, o.about, -1), (s.outcome, s.about, 1)) AS c(outcome, about, by)
  WHERE (o.outcome, o.about) IS DISTINCT FROM (s.outcome, s.about) AND c.outcome IS NOT NULL
    AND s.version_id IS NOT NULL
  GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(c.by) <> 0;
  RETURN NULL;
END"""

#: Function, its text, its table, and when it is called.
TRIGGERS = (
    ("invocations_made", MADE, INVOCATION, "AFTER INSERT", "REFERENCING NEW TABLE AS made FOR EACH STATEMENT"),
    (
        "invocations_changed",
        CHANGED,
        INVOCATION,
        "AFTER UPDATE",
        "REFERENCING OLD TABLE AS was NEW TABLE AS made FOR EACH STATEMENT",
    ),
    ("steps_made", STEPS_MADE, STEP_RUN, "AFTER INSERT", "REFERENCING NEW TABLE AS made FOR EACH STATEMENT"),
    (
        "steps_changed",
        STEPS_CHANGED,
        STEP_RUN,
        "AFTER UPDATE",
        "REFERENCING OLD TABLE AS was NEW TABLE AS made FOR EACH STATEMENT",
    ),
    ("step_made", OUTCOME, STEP_RUN, "BEFORE INSERT", "FOR EACH ROW"),
    (
        "step_changed",
        OUTCOME,
        STEP_RUN,
        "BEFORE UPDATE",
        "FOR EACH ROW WHEN (OLD.status <> NEW.status OR OLD.reason <> NEW.reason)",
    ),
)


def made(name: str, text: str, table: str, when: str, how: str) -> migrations.RunSQL:
    function = f"saleor_custom_events_count_{name}"
    return migrations.RunSQL(
        [
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $count$ {text} $count$",
            f"CREATE TRIGGER sce_count_{name} {when} ON {table} {how} EXECUTE FUNCTION {function}()",
        ],
        [f"DROP TRIGGER sce_count_{name} ON {table}", f"DROP FUNCTION {function}()"],
    )


class Migration(migrations.Migration):
    """Counting, by the database: the previous release's processes are counted as well.

    From one moment on, behind one lock: a row is in the counts from its first trigger on, or never.
    """

    dependencies = [
        ("saleor_custom_events", "0024_counting_indexes"),
    ]

    operations = [
        migrations.RunSQL(LOCK, migrations.RunSQL.noop),
        migrations.AlterField(
            "invocation", "counted", models.BooleanField(db_default=True, default=True, editable=False)
        ),
        *(made(*trigger) for trigger in TRIGGERS),
    ]
