/** How long to get into a pose, and how long to keep it, in milliseconds. */
const STANDING = { turn: 8_000, hold: 10_000 };
const BED = { turn: 6_000, hold: 18_000 };
/** Of a tag that is heard every few seconds, three readings and more behind the settling. */
const BED_SLOWLY = { turn: 6_000, hold: 45_000 };

/** The position that a pose should be read as. */
export const SIDE = {
  "back": "supine", "left": "left", "right": "right", "front-flat": "prone", "front-propped": "prone",
};

export const NAME = {
  "standing": "Stand still",
  "back": "Lie on your back",
  "left": "Lie on your left side",
  "right": "Lie on your right side",
  "front-flat": "Lie flat on your front",
  "front-propped": "Prop yourself up on your front",
};

export const SHORT = {
  "back": "On your back",
  "left": "On your left side",
  "right": "On your right side",
  "front-flat": "Flat on your front",
  "front-propped": "Propped on your front",
};

export const POSITION = { supine: "back", left: "left side", right: "right side", prone: "front" };

export const HINT = {
  "standing": "As you usually do, looking ahead.",
  "back": "Arms where they like to be.",
  "left": "As you would to sleep.",
  "right": "As you would to sleep.",
  "front-flat": "The chest on the mattress, the pillow aside if you can.",
  "front-propped": "Arms and head on the pillow, as on those nights.",
};

/** Poses one after another, each with a time to get into it. */
export class Plan {
  static standing = (start) => new Plan(start, ["standing"], STANDING);
  static bed = (start, slowly) => new Plan(start, Object.keys(SIDE), slowly ? BED_SLOWLY : BED);

  #start;
  #poses;
  #turn;
  #hold;

  constructor(start, poses, { turn, hold }) {
    this.#start = start;
    this.#poses = poses;
    this.#turn = turn;
    this.#hold = hold;
  }

  get count() {
    return this.#poses.length;
  }

  /** The pose of a number, and from when to when it is kept. */
  pose(number) {
    const from = this.#start + number * (this.#turn + this.#hold) + this.#turn;
    return { pose: this.#poses[number], from, to: from + this.#hold };
  }

  /** What goes on at a time; null when all is over. */
  at(time) {
    const number = Math.floor((time - this.#start) / (this.#turn + this.#hold));
    if (number >= this.#poses.length) {
      return null;
    }
    const { pose, from, to } = this.pose(number);
    const holding = time >= from;
    const left = (holding ? to : from) - time;
    return { number, pose, holding, left, share: left / (holding ? this.#hold : this.#turn) };
  }
}
