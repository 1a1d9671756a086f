import { useId } from "react";

const WIDE = 480, LEFT = 34, RIGHT = 472, TOP = 10, FLOOR = 250, FIRST = 158;

// Scores over time: bands named inside, values at the points, and the same numbers as a table right under it.
export function TrendChart({ trend, dateWord }) {
  const id = useId();
  if (!trend?.dates?.length) return null;
  const { title, summary, bands, dates, series, note } = trend;
  const top = Math.max(...bands.map((band) => band.end));
  const y = (value) => FLOOR - (value / top) * (FLOOR - TOP);
  const x = (i) => (dates.length === 1 ? (FIRST + 450) / 2 : FIRST + (i * (450 - FIRST)) / (dates.length - 1));
  const every = Math.ceil(dates.length / 6);
  return (
    <div className="stack mid">
      <svg className="chart" viewBox={`0 0 ${WIDE} 292`} role="img" aria-labelledby={`${id}t ${id}d`}>
        <title id={`${id}t`}>{title}</title>
        <desc id={`${id}d`}>{summary}</desc>
        {bands.map((band, i) => (
          <g key={band.name}>
            {i % 2 === 0 && <rect x={LEFT} width={RIGHT - LEFT} y={y(band.end)} height={y(band.start) - y(band.end)} fill="var(--color-chart-band)" />}
            <text x={LEFT + 8} y={(y(band.start) + y(band.end)) / 2 + 5}>{band.name}</text>
            <text x={LEFT - 7} y={y(band.start) + 5} textAnchor="end">{band.start}</text>
          </g>
        ))}
        <text x={LEFT - 7} y={TOP + 5} textAnchor="end">{top}</text>
        <path d={`M${LEFT} ${FLOOR}H${RIGHT}`} stroke="var(--color-line-strong)" fill="none" />
        {dates.map((day, i) => (dates.length - 1 - i) % every === 0 && <text key={i} x={x(i)} y={274} textAnchor="middle">{day}</text>)}
        {series.map((line, s) => <Line key={line.name} points={line.values.map((v, i) => [x(i), y(v ?? 0), v])} second={s > 0} />)}
      </svg>
      <p className="key">
        {series.map((line, s) => <span key={line.name}><Sample second={s > 0} />{line.name}</span>)}
        {note && <span className="soft">{note}</span>}
      </p>
      <table className="grid-t num">
        <caption className="hide">{title}</caption>
        <thead><tr><th scope="col">{dateWord}</th>{series.map((line) => <th key={line.name} scope="col">{line.name}</th>)}</tr></thead>
        <tbody>
          {dates.map((day, i) => (
            <tr key={i}><th scope="row">{day}</th>{series.map((line) => <td key={line.name}>{line.values[i] !== null && <><b>{line.values[i]}</b> <small>{line.words[i]}</small></>}</td>)}</tr>
          )).reverse()}
        </tbody>
      </table>
    </div>
  );
}

function Line({ points, second }) {
  const known = points.filter(([, , value]) => value !== null && value !== undefined);
  const colour = `var(--color-chart-${second ? "b" : "a"})`;
  return (
    <g>
      <path d={`M${known.map(([x, y]) => `${x} ${y}`).join("L")}`} fill="none" stroke={colour} strokeWidth={second ? 2.25 : 2.75} strokeDasharray={second ? "6 4" : undefined} />
      {known.map(([x, y, value]) => (
        <g key={x}>
          {second ? <rect x={x - 4.5} y={y - 4.5} width="9" height="9" fill="var(--color-canvas)" stroke={colour} strokeWidth="2.25" /> : <circle cx={x} cy={y} r="5" fill={colour} />}
          <text className="v" x={x} y={second ? y + 22 : y - 11} textAnchor="middle">{value}</text>
        </g>
      ))}
    </g>
  );
}

function Sample({ second }) {
  const colour = `var(--color-chart-${second ? "b" : "a"})`;
  return (
    <svg width="34" height="10" aria-hidden="true">
      <path d="M0 5h34" stroke={colour} strokeWidth={second ? 2.25 : 2.75} strokeDasharray={second ? "6 4" : undefined} />
      {second ? <rect x="13" y="1" width="8" height="8" fill="var(--color-canvas)" stroke={colour} strokeWidth="2" /> : <circle cx="17" cy="5" r="4.5" fill={colour} />}
    </svg>
  );
}
