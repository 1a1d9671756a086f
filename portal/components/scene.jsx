// Two armchairs and a small table; light from a window falls across the wall.
export function Scene({ label }) {
  return (
    <svg className="scene" viewBox="20 -150 584 572" role="img" aria-label={label}>
      <defs><linearGradient id="fall" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stopColor="var(--color-art-light)"/><stop offset="1" stopColor="var(--color-art-light)" stopOpacity=".45"/></linearGradient></defs>
      <g fill="url(#fall)"><path d="M385-268h92l-20.5 82h-92zM489-268h92l-20.5 82h-92zM362-176h92l-20.5 82h-92zM466-176h92l-20.5 82h-92zM339-84h92l-20.5 82h-92zM443-84h92l-20.5 82h-92zM316 8h92l-20.5 82h-92zM420 8h92l-20.5 82h-92zM293 100h92l-20.5 82h-92zM397 100h92l-20.5 82h-92zM270 192h92l-20.5 82h-92zM374 192h92l-20.5 82h-92z"/></g>
      <path d="M70 343h610M70 353h610" fill="none" stroke="var(--color-line)" strokeWidth="1.5"/>
      <path d="M236 353h88l-24 66h-96zM338 353h88l-24 66h-96z" fill="var(--color-art-floor)"/>
      <g stroke="var(--color-art-wood)" strokeWidth="6" strokeLinecap="round"><path d="M122 364l-8 38M216 364l6 38M430 364l-6 38M524 364l8 38"/></g>
      <g><path d="M88 186c1-19 16-31 35-30 17 1 28 13 30 30l14 98c2 13-2 24-12 30l-42 14c-9-4-12-11-13-22z" fill="var(--color-art-door-deep)"/>
      <path d="M112 270h88c14 0 22 8 22 20v56c0 13-8 20-21 20h-76c-14 0-21-8-21-21v-66z" fill="var(--color-art-door)"/>
      <path d="M150 258h62c10 0 15 6 15 14s-5 14-14 14h-63z" fill="var(--color-art-door-deep)"/>
      <path d="M108 254c0-11 8-18 18-18h60c10 0 16 6 16 14s-6 13-15 13h-37v83c0 11-7 18-17 18h-9c-10 0-16-7-16-17z" fill="var(--color-art-door-pale)"/></g>
      <g><path d="M560 192c-1-19-16-31-35-30-17 1-28 13-30 30l-14 92c-2 13 2 24 12 30l42 14c9-4 12-11 13-22z" fill="var(--color-art-brick-deep)"/>
      <path d="M536 272h-88c-14 0-22 8-22 20v54c0 13 8 20 21 20h76c14 0 21-8 21-21v-66z" fill="var(--color-art-brick)"/>
      <path d="M498 260h-62c-10 0-15 6-15 14s5 14 14 14h63z" fill="var(--color-art-brick-deep)"/>
      <path d="M540 256c0-11-8-18-18-18h-60c-10 0-16 6-16 14s6 13 15 13h37v81c0 11 7 18 17 18h9c10 0 16-7 16-17z" fill="var(--color-art-brick-pale)"/></g>
      <path d="M278 306h92c4 0 6 3 6 6s-2 6-6 6h-40l5 74h-22l5-74h-40c-4 0-6-3-6-6s2-6 6-6z" fill="var(--color-art-wood)"/>
      <path d="M340 276h20l-3 30h-14z" fill="var(--color-art-pale)" opacity=".75"/>
      <path d="M286 280h30l-3 26h-24z" fill="var(--color-art-pale)"/>
      <g fill="none" stroke="var(--color-art-leaf)" strokeWidth="2.5" strokeLinecap="round"><path d="M301 280c-2-22-10-38-24-48M301 280c0-28 4-46 12-62M301 280c4-18 12-28 26-34"/></g>
      <path d="M277 232c-10-2-16 2-18 10 10 2 16-2 18-10zM287 246c-9 2-13 8-12 15 9-1 13-7 12-15zM313 218c-6-8-4-16 4-22 6 8 4 16-4 22zM308 240c8-4 15-2 19 5-7 5-15 3-19-5zM327 246c4-8 11-11 19-8-3 8-10 11-19 8z" fill="var(--color-art-leaf)"/>
    </svg>
  );
}
