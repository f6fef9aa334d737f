import { code, GENERATED, table } from './markdown.mjs';

const listed = (names) => names.map(code).join(', ');

/** One row for each parameter: who demands it, and in which forms it is tried. */
function parameterRows(type, searches, { kindOf, formsOf, CHAINS }) {
  return Object.entries(searches.parameters).flatMap(([demand, names]) =>
    names.map((name) => {
      const chain = CHAINS[name];
      const chains = chain ? Object.keys(chain.systems).map((each) => `chain with ${each}`) : [];
      const forms = [...formsOf(type, name), ...chains].join(', ');
      return [code(name), kindOf(type, name), demand, forms];
    }),
  );
}

function typeSection(type, searches, tables) {
  const { parameters, together = {}, include = [], noData = [], notSupported = {} } = searches;
  const rows = parameterRows(type, { parameters }, tables);
  const combinations = Object.entries(together).flatMap(([demand, lists]) =>
    lists.map((names) => [names.map(code).join(' + '), demand]),
  );
  const refused = Object.entries(notSupported).map(([name, why]) => [code(name), why]);
  const parts = [
    ...(rows.length > 0 ? [table(['parameter', 'kind', 'demanded', 'proved as'], rows)] : []),
    ...(combinations.length > 0 ? [table(['together', 'demanded'], combinations)] : []),
    ...(include.length > 0 ? [`\`_include\` that AU Core names: ${listed(include)}.`] : []),
    ...(noData.length > 0
      ? [`Searched for too; the demo has no data for: ${listed(noData)}.`]
      : []),
    ...(refused.length > 0 ? [table(['not supported', 'why'], refused)] : []),
  ];
  return `## ${type}\n\n${parts.length > 0 ? parts.join('\n\n') : 'Read only: no search parameter.'}\n`;
}

/** docs/reference/fhir.md, from the tables that `test/fhir-conformance.test.ts` proves. */
export function fhirPage(tables) {
  const { SEARCHES, FORMS: formsByKind } = tables;
  const forms = Object.entries(formsByKind).flatMap(([kind, list]) =>
    list.map(({ form, as, demand }) => [kind, form, as, demand]),
  );
  const sections = Object.entries(SEARCHES).map(([type, searches]) =>
    typeSection(type, searches, tables),
  );
  return `${GENERATED}

# FHIR searches

What can be searched for at the demo practice, and who demands it: AU Core 2.0.0 (SHALL, SHOULD, MAY), or FHIR R4 alone.
Another practice system offers what its own mapping has ([how one is written](../fhir-mapping.md)); the engine is the
same, and its CapabilityStatement tells.

\`test/fhir-conformance.test.ts\` makes every search of this page, with values taken from the data, and compares what it
finds with a plain look at every resource of the type: all ids and no others, each once, at least one. It reads what a
resource has by the FHIRPath of the parameter’s own definition. The T-SQL of the searches is
\`test/fhir-conformance/statements.sql\`. \`test/fhir-cost.test.ts\` proves what a page costs: one statement, one for each
list within the resources, and as many for each type that \`_include\` or \`_revinclude\` brings.

What stands in a resource only because something must stand there is not searched for: codes of \`data-absent-reason\`, and
the \`text\` of a name, which is put together of its parts, and the country of an address, which is always Australia. Nor is
the title of a name: \`name=mr\` would find half of the practice.

Where a chain to \`identifier\` is proved, \`:identifier\` finds the same: \`patient:identifier=<system>|<value>\`.

A parameter that is not supported is left out of the search, and of the link \`self\`; with \`Prefer: handling=strict\` it
is an error.

## Forms

How values are written in the column “proved as”. Forms without a demand of AU Core are R4’s. Offsets of dates are other
than the practice’s own. Parameters together are tried twice: written short, and with types, systems and seconds.

${table(['kind', 'form', 'written', 'demanded'], forms)}

${sections.join('\n')}`;
}
