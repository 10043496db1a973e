/** Says poses aloud and marks their beginning and end with a tone and a buzz, where the browser can. */
export class Voice {
  #audio = null;

  /** To be called while a button is pressed: browsers allow sound from then on. */
  wake() {
    try {
      this.#audio ??= new AudioContext();
      this.#audio.resume().catch(() => {});
    } catch {
      // A browser without sound: the screen tells the same.
      this.#audio = null;
    }
  }

  say(text) {
    if ("speechSynthesis" in window) {
      speechSynthesis.cancel();
      const words = new SpeechSynthesisUtterance(text);
      words.lang = "en";
      speechSynthesis.speak(words);
    }
  }

  tone(hertz) {
    navigator.vibrate?.(200);
    if (this.#audio?.state !== "running") {
      return;
    }
    const now = this.#audio.currentTime;
    const sound = this.#audio.createOscillator();
    const loudness = this.#audio.createGain();
    sound.frequency.value = hertz;
    loudness.gain.setValueAtTime(0.2, now);
    loudness.gain.exponentialRampToValueAtTime(0.001, now + 0.4);
    sound.connect(loudness).connect(this.#audio.destination);
    sound.start(now);
    sound.stop(now + 0.4);
  }

  hush() {
    window.speechSynthesis?.cancel();
  }
}
