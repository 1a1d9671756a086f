// The wall of the waiting room: light moves over it in three minutes; a chair waits.
import { useId } from "react";

const PANES =
  "M300-44h150l-28 100H272zM470-44h150l-28 100H442zM640-44h150l-28 100H612zM268 72h150l-28 100H240zM438 72h150l-28 100H410zM608 72h150l-28 100H580z";

const Chair = () => (
  <g transform="translate(760 -2)">
    <path d="M40 166v36M112 166v36" stroke="var(--color-art-wood)" strokeWidth="5" strokeLinecap="round" />
    <path
      d="M122 40c-1-17-14-28-31-27-15 1-24 11-26 27l-12 78c-2 12 2 20 10 26l36 12c8-4 11-10 12-19z"
      fill="var(--color-art-door-deep)"
    />
    <path d="M104 104H34c-13 0-20 7-20 18v32c0 11 7 18 19 18h66c12 0 19-7 19-18v-50z" fill="var(--color-art-door)" />
    <path d="M70 94H20c-9 0-14 5-14 12s5 12 13 12h51z" fill="var(--color-art-door-deep)" />
    <path
      d="M108 92c0-10-7-16-16-16H46c-9 0-14 5-14 12s5 12 13 12h31v56c0 10 6 16 15 16h6c9 0 14-6 14-15z"
      fill="var(--color-art-door-pale)"
    />
  </g>
);

const Table = () => (
  <g transform="translate(96 104)">
    <path d="M8 38h84c4 0 6 2 6 5s-2 5-6 5H58l4 52H40l4-52H8c-4 0-6-2-6-5s2-5 6-5z" fill="var(--color-art-wood)" />
    <path d="M34 14h26l-3 24H37z" fill="var(--color-art-pale)" />
    <path
      d="M47 14c-2-20-9-34-20-42M47 14c0-24 4-40 10-54M47 14c4-16 10-24 22-30"
      fill="none"
      stroke="var(--color-art-leaf)"
      strokeWidth="2.5"
      strokeLinecap="round"
    />
    <path
      d="M27-28c-8-2-14 2-16 9 9 2 14-2 16-9zM58-40c-5-7-3-14 4-19 5 7 3 14-4 19zM70-16c4-7 10-9 16-7-2 7-9 9-16 7zM34-16c-7 2-11 7-10 13 8-1 11-6 10-13z"
      fill="var(--color-art-leaf)"
    />
  </g>
);

export function Wall() {
  const light = useId();
  return (
    <div className="tr-wall" aria-hidden="true">
      <svg viewBox="0 0 1000 210" preserveAspectRatio="xMaxYMax slice">
        <g className="tr-light" fill={`url(#${light})`}>
          <path d={PANES} />
        </g>
        <Chair />
        <Table />
        <defs>
          <linearGradient id={light} x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stopColor="var(--color-art-light)" />
            <stop offset="1" stopColor="var(--color-art-light)" stopOpacity=".5" />
          </linearGradient>
        </defs>
      </svg>
    </div>
  );
}

// Behind a voice without a picture: the same window, by night.
export const NightWindow = () => (
  <svg className="tr-window" viewBox="0 0 360 520" preserveAspectRatio="xMidYMin slice" aria-hidden="true">
    <g fill="var(--color-lit)">
      <path d="M150-10h100l-32 126H118zM262-10h100l-32 126H230zM114 130h100l-32 126H82zM226 130h100l-32 126H194zM78 270h100l-32 126H46zM190 270h100l-32 126H158z" />
    </g>
  </svg>
);
