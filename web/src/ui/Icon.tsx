/** Our icons, drawn on a 24 by 24 grid with a line of 1.75. */
const paths = {
  add: "M12 5v14M5 12h14",
  addPerson: "M14.5 20a6 6 0 0 0-12 0M8.5 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M19 8v6M16 11h6",
  alert: "M12 8v5M12 16.5v.01M12 3 2.5 20h19Z",
  auto: "M12 3a9 9 0 1 0 0 18Zm0 0a9 9 0 0 1 0 18",
  back: "M15 5l-7 7 7 7",
  chat: "M4 18.5V7a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H8Z",
  check: "M5 12.5l4.5 4.5L19 7.5",
  close: "M6 6l12 12M18 6 6 18",
  contacts:
    "M15 20a6 6 0 0 0-12 0M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M21 19a5 5 0 0 0-4.5-5M15.5 4.3a3.5 3.5 0 0 1 0 6.4",
  copy: "M9 9h9a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-7a2 2 0 0 1-2-2ZM15 9V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h3",
  compose: "M20 13v4a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3h4M10 14l1-3.5L18.5 3 21 5.5 13.5 13Z",
  down: "M12 5v14M6 13l6 6 6-6",
  download: "M12 4v11M6.5 10.5 12 16l5.5-5.5M5 20h14",
  edit: "M5 19l1-4L16.5 4.5l3 3L9 18Z",
  eye:
    "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  more:
    "M5 12.4a.4.4 0 1 0 0-.8.4.4 0 0 0 0 .8ZM12 12.4a.4.4 0 1 0 0-.8.4.4 0 0 0 0 .8ZM19 12.4a.4.4 0 1 0 0-.8.4.4 0 0 0 0 .8",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z",
  panel:
    "M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v11a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 17.5ZM15 4v16",
  public: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM3 12h18M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18",
  react: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.5 14.5a4 4 0 0 0 7 0M9 9.5v.01M15 9.5v.01",
  reply: "M9 6 4 11l5 5M4 11h9a7 7 0 0 1 7 7v1",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4",
  send: "M5 12 4 4l17 8-17 8 1-8Zm0 0h8",
  signOut: "M10 4H7a3 3 0 0 0-3 3v10a3 3 0 0 0 3 3h3M15 8l4 4-4 4M19 12H9",
  sun:
    "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7",
} as const;

type IconName = keyof typeof paths;

/** A picture beside words; where it stands alone, its button carries the words. */
export function Icon(props: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[props.name]} />
    </svg>
  );
}
