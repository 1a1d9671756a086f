// A door a little open, light on the floor.
export function DoorMark() {
  return (
    <svg viewBox="0 0 28 28" aria-hidden="true">
      <path d="M4 24.5h3.5V3.5h13v21" fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" strokeLinecap="round"/>
      <path d="M7.5 3.5l8 2.8v20.4l-8-2.2z" fill="currentColor"/>
      <path d="M17.5 24.5h6.5" stroke="currentColor" strokeWidth="2" strokeLinecap="round"/>
    </svg>
  );
}

// A chair waiting where the window throws its light.
export function ChairInLight() {
  return (
    <svg viewBox="0 0 190 210" aria-hidden="true">
      <path d="M64 0h48l-12 50H52zM120 0h48l-12 50h-48zM50 58h48l-12 50H38zM106 58h48l-12 50H94zM36 116h48l-12 50H24zM92 116h48l-12 50H80z" fill="var(--color-art-light)" />
      <path d="M0 181h190M0 189h190" fill="none" stroke="var(--color-line)" strokeWidth="1.5" />
      <g transform="translate(48 2) scale(.98)">
        <path d="M40 166v36M112 166v36" fill="none" stroke="var(--color-art-wood)" strokeWidth="5" strokeLinecap="round"/>
        <path d="M122 40c-1-17-14-28-31-27-15 1-24 11-26 27l-12 78c-2 12 2 20 10 26l36 12c8-4 11-10 12-19z" fill="var(--color-art-door-deep)"/>
        <path d="M104 104H34c-13 0-20 7-20 18v32c0 11 7 18 19 18h66c12 0 19-7 19-18v-50z" fill="var(--color-art-door)"/>
        <path d="M70 94H20c-9 0-14 5-14 12s5 12 13 12h51z" fill="var(--color-art-door-deep)"/>
        <path d="M108 92c0-10-7-16-16-16H46c-9 0-14 5-14 12s5 12 13 12h31v56c0 10 6 16 15 16h6c9 0 14-6 14-15z" fill="var(--color-art-door-pale)"/>
      </g>
    </svg>
  );
}
