// docs/protocol.md, typed. Times and positions are whole milliseconds.

export type Role = 'guide' | 'guest' | 'display' | 'remote';
export type State = 'ready' | 'playing' | 'paused' | 'stopped' | 'finished';

/** What a person may choose; the empty object is the script as it is written. */
export interface Settings {
  length?: number;
  /** region keys, `sole` or `sole.left` */
  leaveOut?: string[];
  welcome?: string[];
  anchor?: Anchor;
  /** breath lengths are multiplied by it, 0.5–2 */
  pace?: number;
  /** the person's own breaths a minute, 8–20 */
  ownPace?: number;
  /** who speaks: an id of `GET /api/voices`, `browser` for the device's own; absent: whoever speaks the script best */
  voice?: string;
  textOnly?: boolean;
  /** beneath it all, instead of the script's own: pink, brown, rain, ocean, drone or none */
  ambience?: string;
}
export type Anchor = 'feet' | 'hands' | 'support' | 'sounds' | 'sight' | 'breath';

export type PhaseKind = 'inhale' | 'hold' | 'exhale' | 'rest';
export type SpanKind = 'say' | 'scan' | 'outside' | PhaseKind | 'natural' | 'quiet' | 'wait';
export type CueKind = 'bell' | 'say' | 'inhale' | 'exhale' | 'here' | 'ambience' | 'guide';

export interface Section {
  title: string;
  from: number;
  to: number;
}

/** Something lasting [from, to) that is seen. */
export interface Span {
  kind: SpanKind;
  from: number;
  to: number;
  /** say: the words */
  text?: string;
  /** scan: where attention is */
  regions?: string[];
  /** inhale, hold, exhale, rest: breath n of the block's `of` */
  n?: number;
  of?: number;
}

/** An instant that is heard; a `guide` cue is only seen, and only by a guide. */
export interface Cue {
  kind: CueKind;
  at: number;
  length?: number;
  name?: string;
  text?: string;
}

export interface Timeline {
  session: string;
  rev: number;
  length: number;
  sections: Section[];
  spans: Span[];
  cues: Cue[];
}

export interface Transport {
  session: string;
  rev: number;
  state: State;
  position: number;
  /** room time */
  at: number;
  by?: string;
  why?: string;
  /** whose agreement resuming needs: a participant, or `client`, whose key it was */
  needs?: string;
}

export interface Session {
  session: string;
  script: string;
  title: string;
  kind: string;
  language: string;
  settings: Settings;
  /** another session was put aside for this grounding; `return` leads back to it */
  aside: boolean;
  /** to guides, once it has begun: when, in room time, and how long it was to take then */
  began?: number;
  planned?: number;
}

export interface Participant {
  id: string;
  name: string;
  role: Role;
  /** it has been tapped, and may sound */
  armed?: boolean;
}

export interface People {
  people: Participant[];
  /** a participant's id, `host`, or nothing */
  sound?: string;
  /** who has been chosen, and is the sound as soon as the one before is silent */
  coming?: string;
  /** whether the host has a speaker */
  host?: boolean;
  mix: Mix;
  show: Show;
  /** to guides: what was the sound and is gone, by its name; absent when nothing is */
  lost?: string;
}

/** What the client's screens show, and whether they show time. */
export interface Show {
  what: 'session' | 'glow' | 'dark';
  time: boolean;
}

/** How loud each kind of sound is, 0–100, and how the breath sounds. */
export interface Mix {
  voice: number;
  bells: number;
  breath: number;
  ambience: number;
  tone: Tone;
  /** a soft pulse for every second of a breath */
  count: boolean;
  /** quiet hours: nothing is louder than the night allows */
  night: boolean;
}
export type Tone = 'soft' | 'warm' | 'air' | 'none';

export interface You {
  id: string;
  role: Role;
  resume: string;
}

// From the device.

export type Verb =
  | 'load' | 'start' | 'pause' | 'resume' | 'stop' | 'return' | 'ground' | 'next' | 'previous' | 'skip' | 'stay'
  | 'go-on' | 'extend' | 'reflow' | 'pace' | 'anchor' | 'settings' | 'sound' | 'mix' | 'bell' | 'arm' | 'show';

export interface Hello {
  type: 'hello';
  room?: string;
  role?: Role;
  name?: string;
  resume?: string;
}

export interface CommandFields {
  /** load: room time at which a person wished for it; a silence asked for after that keeps it from happening */
  since?: number;
  script?: string;
  settings?: Settings;
  agreed?: true;
  /** pause, stop, ground, of a guide or a remote: by a key that was given to the client */
  client?: true;
  /** next: which of the timeline's sections, further on than the present one; absent: the next */
  section?: number;
  regions?: string[];
  /** ms for extend; for sound host, me, none or a participant's id */
  by?: number | string;
  to?: 'slower' | 'easier' | 'hold' | Anchor;
  mix?: Mix;
  show?: Show;
  /** arm: whether this device may sound */
  on?: boolean;
  /** bell: hear this voice instead, and in which language; ground: in which language */
  voice?: string;
  language?: string;
}

export interface Command extends CommandFields {
  type: 'command';
  id: string;
  do: Verb;
  rev?: number;
}

export interface Ping {
  type: 'ping';
  t0: number;
}

export type FromDevice = Hello | Command | Ping;

// From the server.

export interface Welcome {
  type: 'welcome';
  you: You;
  room: string;
  now: number;
  heartbeat: number;
  session?: Session;
  timeline?: Timeline;
  transport?: Transport;
  people: People;
  /** to guides */
  account?: Account;
}

/** To guides: what has happened in a session since it began, and who did it. */
export interface Account {
  session: string;
  lines: Deed[];
}

export interface Deed {
  /** room time */
  at: number;
  /** where the session was; while it was put aside, where it is to go on */
  position: number;
  what: Verb | 'end' | 'alone' | 'out' | 'slept' | 'restarted';
  /** a participant, or nothing when nobody asked */
  by: string;
  /** what they were called then */
  name?: string;
  role?: Role;
  /** by a key that was given to the client */
  client?: true;
  /** the guide said that whoever had halted it agreed */
  agreed?: true;
}

export interface Ack {
  type: 'ack';
  id: string;
  rev: number;
}

export type Code =
  | 'bad-message' | 'not-allowed' | 'needs-agreement' | 'stale' | 'unknown-script' | 'cannot-fit' | 'not-now'
  | 'not-found' | 'slow-down' | 'full' | 'internal';

export interface Refused {
  type: 'refused';
  id: string;
  code: Code;
  /** a sentence for people */
  text: string;
}

export interface Pong {
  type: 'pong';
  t0: number;
  t1: number;
}

/** Shows what this device is called, large, for ten seconds. */
export interface Identify {
  type: 'identify';
  name: string;
}

/** To the room's sound: the quiet bell, or a few words of a voice, to be tried; or silence again. */
export interface Trial {
  type: 'trial';
  voice?: string;
  language?: string;
  over?: boolean;
}

export type FromServer =
  | Welcome
  | ({ type: 'session' } & Session)
  | ({ type: 'timeline' } & Timeline)
  | ({ type: 'transport' } & Transport)
  | ({ type: 'people' } & People)
  | ({ type: 'account' } & Account)
  | Ack
  | Refused
  | Identify
  | Trial
  | Pong;

// Over HTTP.

/** One treatment room of `GET /api/rooms`. */
export interface TreatmentRoom {
  id: string;
  name: string;
  /** the script that is planned there */
  plan?: { id: string; title: string };
  /** the host's speaker is there */
  host: boolean;
  session?: RoomSession;
  people: Participant[];
  sound: string;
  lost?: string;
  today: Visit[];
}

/** A session from afar; `position` and `at` are as in a transport. */
export interface RoomSession {
  title: string;
  state: Transport['state'];
  /** the title of the section it is in now */
  section?: string;
  position: number;
  at: number;
  length: number;
  /** room time at which it set out, and how long it was to take then, once it has begun */
  began?: number;
  planned?: number;
  waiting?: boolean;
  needs?: string;
}

/** One session of today. */
export interface Visit {
  /** ms since 1970 */
  began: number;
  title: string;
  /** from its beginning to its end, or so far */
  minutes: number;
  /** absent while it goes on */
  ended?: 'finished' | 'stopped';
  /** how often a client paused or stopped it */
  vetoes: number;
}

/** One script of `GET /api/scripts`. */
export interface ScriptSummary {
  id: string;
  title: string;
  summary: string;
  kind: 'body scan' | 'breathing' | 'grounding' | 'treatment';
  language: string;
  /** the id of the script it translates, absent for an original */
  original?: string;
  care: boolean;
  author: string;
  reviewer?: string;
  length: { want: number; min: number; max: number };
  /** 0 open, 1 a short note, 2 behind an advisory */
  level: 0 | 1 | 2;
  /** whether the breath is held anywhere */
  holds: boolean;
  /** whether a breath is paced at all */
  paced: boolean;
  /** whether it begins from the person's own pace */
  ownPace: boolean;
  /** how many */
  bells: number;
  /** their names */
  ambience: string[];
  regions: string[];
  /** regions that rest unless they are welcomed */
  optIn: string[];
  source: 'built-in' | 'own';
  /** what is wrong with it, a sentence each; a script with faults cannot be loaded */
  /** own, and kept from here, so that it can be taken away here */
  made?: boolean;
  faults?: string[];
}

/** `GET /api/scripts/{id}`. */
export interface ScriptText extends ScriptSummary {
  text: string;
  transcript: { section: string; lines: string[] }[];
}

/** `GET /api/plan`: what a therapist suggests for home. */
export interface Plan {
  /** where the person's own files are */
  folder: string;
  from: string;
  note: string;
  items: PlanItem[];
  /** what could not be understood, a sentence each */
  faults?: string[];
}

export interface PlanItem {
  script: string;
  title: string;
  /** a week; 0: when you like */
  times: number;
  /** ms; 0: as the script says */
  length: number;
}

/** `GET /api/sessions/{id}`. */
export interface SessionSnapshot {
  session: Session;
  timeline: Timeline;
  transport: Transport;
}

/** `GET /api/voices?script=`, those that say the most of it first. */
export interface VoiceOffers {
  /** who speaks when nobody chooses; '' where nobody can */
  best: string;
  voices: VoiceOffer[];
}

export interface VoiceOffer {
  id: string;
  name: string;
  /** a few words about it */
  about?: string;
  kind: 'recorded' | 'narrated' | 'engine';
  /** how many of the script's texts it says */
  says: number;
  of: number;
}

/** A line of what `POST /api/voices/prepare` answers; the last one has `said`. */
export type VoicePrepared = { done: number; of: number } | { voice: string; said: number; of: number };

/** What `POST /api/files` takes; it answers `{ id }`. */
export interface FileOrder {
  script: string;
  settings?: Settings;
  mix?: Mix;
  format: 'mp3' | 'flac' | 'wav';
}

/** `GET /api/files/{id}`. */
export interface FileSeen {
  state: 'making' | 'ready' | 'gone';
  /** frames */
  done: number;
  /** frames in all; 0: not known yet */
  of: number;
  /** ready: it is at `/api/files/{id}/{name}` */
  name: string;
  /** ready: bytes */
  size?: number;
  /** gone: a sentence */
  why?: string;
}

// The journal.

export type Measure = 'comfort' | 'tension' | 'distress';

/** How it is; everything in it is optional. Measures are 0–10. */
export interface CheckIn {
  comfort?: number;
  tension?: number;
  distress?: number;
  /** a few words for each region key */
  regions?: Record<string, string[]>;
  feelings?: string[];
  note?: string;
}

/** One session as the journal keeps it; what is not known of it is absent. */
export interface Entry {
  /** the session's */
  id: string;
  /** with the clock of the place it began in: 2026-11-24T21:04:00+01:00 */
  began: string;
  codeName?: string;
  script?: string;
  title?: string;
  language?: string;
  kind?: string;
  /** ms */
  planned?: number;
  /** ms really played */
  practised?: number;
  pauses?: number;
  ended?: 'finished' | 'by choice';
  anchor?: string;
  /** breaths, by name or numbers */
  pattern?: string;
  /** breaths a minute */
  pace?: number;
  leftOut?: string[];
  before?: CheckIn;
  after?: CheckIn;
  note?: string;
  /** of a session that somebody led, and saved */
  account?: KeptDeed[];
}

/** A deed as the journal keeps it: no participant, and times since the session began. */
export interface KeptDeed extends Omit<Deed, 'at' | 'by'> {
  after: number;
}

export interface EntryPage {
  entries: Entry[];
  /** where the next page begins, or nothing */
  more: string;
}

export type CheckInWish = 'never' | 'before' | 'after' | 'both';

export interface JournalWish {
  on?: boolean;
  codeName?: string;
  checkIn?: CheckInWish;
}

export interface JournalKept {
  on: boolean;
  /** the file it is kept in */
  place: string;
  count: number;
  codeName: string;
  checkIn: CheckInWish;
}

/** Every entry as pictures want it, the oldest first: lists of one length. */
export interface Marks {
  /** ms since 1970 */
  began: number[];
  /** minutes east of Greenwich */
  zone: number[];
  minutes: number[];
  kind: string[];
  /** null where nothing was said */
  before: Record<Measure, (number | null)[]>;
  after: Record<Measure, (number | null)[]>;
  /** how often each region was noted */
  regions: { before: Record<string, number>; after: Record<string, number> };
}

export interface NotedWords {
  sensations: string[];
  feelings: string[];
}

/** A device of the network, as it sees itself: `GET /api/me`, `POST /api/pair`. */
export interface DeviceSelf {
  id: string;
  name: string;
  role: Role;
  room: string;
}

/** The answer of `GET /api/me`. */
export type Me = { local: true } | ({ local: false } & Joined);

/** The answer of `POST /api/pair`. */
export interface Joined {
  device: DeviceSelf;
  /** what its room is called; '' at home */
  place: string;
}

/** One of `GET /api/devices`. Times are in ms since 1970. */
export interface Device extends DeviceSelf {
  plain?: true;
  /** the device that let it in, as it was called then; absent for this computer */
  by?: { id: string; name: string };
  paired: number;
  last: number;
  here: boolean;
  people: string[];
}

/** The answer of `POST /api/invitations`. */
export interface Invitation {
  id: string;
  number: string;
  link: string;
  plain?: string;
  until: number;
}

/** The answer of `GET /api/invitations/{id}`. */
export interface InvitationSeen {
  state: 'open' | 'used' | 'ended';
  device?: Device;
  spent?: true;
}

/** The answer of `GET /api/network`. */
export interface NetworkSeen {
  on: boolean;
  /** ms since 1970 */
  until?: number;
  /** where devices find this computer, with encryption and without */
  addresses: string[];
  plain: string[];
  /** of the certificate that devices may trust */
  fingerprint?: string;
  /** ms since 1970: when that one took the place of another, which devices may still trust instead; for six weeks */
  renewed?: number;
  /** why nobody can come in though it is on, a sentence */
  refused?: string;
}
