/** Above this many participants nobody is told who reads, and who has read derives from the markers (design §6). */
export const crowd = 200;

/** The most `message_reads` rows one jump of a marker writes: those of the newest messages. */
export const maxReads = 500;
