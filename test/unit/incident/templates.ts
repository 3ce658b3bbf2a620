/** Templates of our own wording, in the shapes that runbooks in the wild have. */

/** Field lines, a bullet timeline, empty fields, prose placeholders, a checklist. */
export const INCIDENT_LOG = `## Incident Record

**Incident ID**: INC-YYYY-MM-DD-NNN
**Start Time**: YYYY-MM-DD HH:MM UTC
**Severity**: P0/P1/P2/P3
**Status**: Investigating/Mitigated/Resolved
**Scribe**: Name of the scribe

### Timeline
- HH:MM - Someone noticed
- HH:MM - Service came back

### Effect
- Services hit:
- Duration:

### Cause
[Explain the cause here]

### Follow-up
- [ ] Meeting planned
- [x] Dashboards extended
`;

/** A table timeline with columns of its own, field bullets in brackets, an action table. */
export const TABLE_TIMELINE = `# Blameless Review: [INCIDENT_TITLE]

## Key Facts
- **Date**: YYYY-MM-DD
- **Duration**: X hours Y minutes
- **Impact**: [Describe the impact]

## Timeline of Events
| Time (UTC) | Event | Action Taken | Person |
|:-----------|-------|--------------|--------|
| HH:MM | Pager went off | Laptop opened | Name |
| HH:MM | Pager went quiet | Laptop closed | Name |

## What Went Well
- [A thing that helped]
- [A tool that helped]

## Action Items
| Action | Owner | Due Date | Priority |
|--------|-------|----------|----------|
| Paint the pager | Design | 2020-02-02 | High |
| Charge the pager | Ops | 2020-03-03 | Low |
`;

/** Bold-time bullets and plausible sample facts. */
export const BOLD_TIMES = `# Incident Post-Mortem: [Date] - [Title]

## Summary
The kettle boiled over
and the kitchen was closed.

## Timeline
- **12:00 UTC**: Kettle switched on
- **12:05 UTC**: Lid rattled
- **13:00 UTC**: Kettle switched off

## Impact
- Duration: 1 hour
- Guests without tea: ~50% of the table
- Cost: about 40 crowns

## What Went Wrong
- Nobody watched the kettle
- Monitoring: no whistle fitted

## Action Items
- [ ] Fit a whistle (#123)

## Lessons
A watched kettle does boil.
`;

/** Sample facts in every field, nested bullets, numbered lists; the heading has no place for a title. */
export const SAMPLES = `## Post-Mortem Template

### Incident Summary
- **Incident ID**: INC-2020-001
- **Date**: 2020-07-10
- **Duration**: 45 minutes
- **Severity**: P1
- **Services Affected**: Tea kitchen
- **Customer Impact**: 5,000 cups unpoured

### Timeline
1. 14:00 - Steam seen
2. 14:45 - Steam gone

### Root Cause Analysis
- **Direct Cause**: Loose lid
- **Contributing Factors**:
  - Lid alarm silent
  - Lid checked by hand

### Lessons Learned
1. Lids need care
2. Alarms need batteries

### Action Items
| Action | Owner | Due Date | Status |
|--------|-------|----------|--------|
| Glue the lid | Kitchen | 2020-07-20 | In Progress |
`;

/** A table of fields, one without a header, rules, a fence, a comment, a quotation, several fields on one line. */
export const TABLES_AND_FENCES = `# Review: Tea kitchen flooded, 2020-01-02

**Date:** [DATE] | **Severity:** SEV-X | **Author:** @somebody

| Field | Value |
|-------|-------|
| **Status** | Draft / In Review |
| **Detection** | A guest shouted |
| Time to resolve | 12 minutes |

---

Timeline
--------

What happened, in order.

## Logs
~~~
kettle: lid open
~~~

<!-- Write two
sentences here. -->

> Keep it blameless.

| Started | 2020-01-02 |
|---|---|
| Ended | 2020-01-03 |

| Metric | Value | Target |
|---|---|---|
| Cups | 7 | 9 |
`;

export const ALL = { INCIDENT_LOG, TABLE_TIMELINE, BOLD_TIMES, SAMPLES, TABLES_AND_FENCES } as const;
