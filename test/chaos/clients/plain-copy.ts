import type { Change, Message, Participant, Room } from "../../../functions/chat/model.ts";
import type { MessageRecord, RoomView } from "../check/record.ts";
import { recent, type Sight } from "./device.ts";

/** One room with its whole history, by a program that knows the client rules and nothing else. */
export class PlainCopy {
  readonly id: string;
  rev: number;
  private role: string;
  private lastSeq: number;
  private lastReadSeq: number;
  private readonly people = new Map<string, string>();
  private readonly messages = new Map<string, Message>();
  /** The message at each seq. */
  private readonly places: string[] = [];
  /** By message, also by one that is not known yet: its own change may be later. */
  private readonly reactions = new Map<string, Set<string>>();

  /** From answers that were read at different revs: the changes since the oldest of them make it whole. */
  constructor(
    private readonly userId: string,
    room: Room & { participants: Participant[] },
    messages: Message[],
    rev: number,
  ) {
    this.id = room.id;
    this.rev = rev;
    this.role = room.role;
    this.lastSeq = room.lastSeq;
    this.lastReadSeq = room.lastReadSeq;
    for (const person of room.participants) this.people.set(person.userId, person.role);
    for (const message of messages) this.put(message);
    for (const { id, reactions } of messages) {
      for (const { emoji, userIds } of reactions) for (const who of userIds) this.react(id, who, emoji, true);
    }
  }

  /** One change, which must be the next, or one of those since `rev`. False: I am no longer in the room. */
  apply(change: Change): boolean {
    this.rev = Math.max(this.rev, change.rev);
    switch (change.type) {
      case "message.created":
      case "message.updated":
      case "message.deleted":
        this.put(change.message);
        return true;
      case "reaction.changed": {
        const { messageId, userId, emoji, isOn } = change.reaction;
        this.react(messageId, userId, emoji, isOn);
        return true;
      }
      case "participant.changed":
        return this.admit(change.participant);
      case "room.deleted":
        return false;
      default:
        return true;
    }
  }

  /** I have read up to here; never back. */
  mark(seq: number) {
    this.lastReadSeq = Math.max(this.lastReadSeq, seq);
  }

  sight(): Sight {
    const { id, rev, role, lastSeq, lastReadSeq } = this;
    const newest = this.places.slice(-recent).flatMap((message) => this.messages.get(message) ?? []);
    return { id, rev, role, lastSeq, lastReadSeq, messages: newest.map((message) => this.record(message)) };
  }

  view(): RoomView {
    const participants = [...this.people].map(([userId, role]) => ({ userId, role }));
    const messages = [...this.messages.values()].sort((one, other) => one.seq - other.seq);
    return {
      id: this.id,
      rev: this.rev,
      unread: this.lastSeq - this.lastReadSeq,
      participants,
      messages: messages.map((message) => this.record(message)),
    };
  }

  private record({ id, senderId, content, deletedAt, seq, rev }: Message): MessageRecord {
    return { id, senderId, content, deletedAt, seq, rev, reactions: [...this.reactions.get(id) ?? []].sort() };
  }

  private put(message: Message) {
    const known = this.messages.get(message.id);
    if (known && known.rev > message.rev) return;
    this.messages.set(message.id, message);
    this.places[message.seq] = message.id;
    if (message.deletedAt) this.reactions.delete(message.id);
    this.lastSeq = Math.max(this.lastSeq, message.seq);
    if (message.senderId === this.userId) this.mark(message.seq); // whoever sends has read up to there
  }

  private react(messageId: string, userId: string, emoji: string, isOn: boolean) {
    if (this.messages.get(messageId)?.deletedAt) return;
    const all = this.reactions.get(messageId) ?? new Set();
    this.reactions.set(messageId, all);
    if (isOn) all.add(`${emoji} ${userId}`);
    else all.delete(`${emoji} ${userId}`);
  }

  private admit(participant: { userId: string; role: string | null; lastReadSeq?: number }): boolean {
    const { userId, role, lastReadSeq = 0 } = participant;
    if (role === null) this.people.delete(userId);
    else this.people.set(userId, role);
    if (userId !== this.userId) return true;
    this.role = role ?? this.role;
    this.mark(lastReadSeq);
    return role !== null;
  }
}
