package io.lumbar.alerts;

import io.lumbar.alerts.AlertWriter.Phrase;
import io.lumbar.model.EpisodeKind;
import java.util.List;

/**
 * What alerts say, in turns, so that people go on reading them. The action alone may ask to stand:
 * it is chosen to suit the wearer.
 */
final class Phrases {
  static final List<Phrase> SITTING =
      List.of(
          new Phrase(
              "sitting-1",
              "Time to move",
              "You have been sitting for {minutes} minutes, since {since} ({sensor})."
                  + " Try this: {action}."),
          new Phrase(
              "sitting-2",
              "A short break?",
              "{minutes} minutes of sitting since {since}, says the {sensor}."
                  + " How about {action}?"),
          new Phrase(
              "sitting-3",
              "A moment to move",
              "Sitting since {since}, that makes {minutes} minutes ({sensor})."
                  + " A good moment for {action}."),
          new Phrase(
              "sitting-4",
              "Your next move",
              "{minutes} minutes in the chair since {since} ({sensor})."
                  + " Your next move could be {action}."),
          new Phrase(
              "sitting-5",
              "Stretch break",
              "Since {since} you have sat for {minutes} minutes ({sensor})."
                  + " One thing is enough: {action}."),
          new Phrase(
              "sitting-6",
              "Change of position",
              "You sat down at {since}, {minutes} minutes of sitting so far ({sensor})."
                  + " Something different: {action}."),
          new Phrase(
              "sitting-7",
              "Time to stretch",
              "{minutes} minutes of sitting so far, from {since} on ({sensor})."
                  + " Take the time for {action}."));

  static final List<Phrase> INACTIVE =
      List.of(
          new Phrase(
              "inactive-1",
              "A moment to move",
              "Hardly any steps for {minutes} minutes, since {since}. This is known from steps"
                  + " alone ({sensor}). Try this: {action}."),
          new Phrase(
              "inactive-2",
              "A small change?",
              "{minutes} quiet minutes since {since}, known from steps alone ({sensor})."
                  + " How about {action}?"),
          new Phrase(
              "inactive-3",
              "Time to move",
              "Your steps paused at {since}, {minutes} minutes by now; this is from steps"
                  + " alone ({sensor}). A good moment for {action}."),
          new Phrase(
              "inactive-4",
              "Your next move",
              "Almost no steps in {minutes} minutes, from {since} on (from steps alone, {sensor})."
                  + " Your next move could be {action}."),
          new Phrase(
              "inactive-5",
              "A short break?",
              "From steps alone ({sensor}), you have hardly moved for {minutes} minutes, since"
                  + " {since}. One thing is enough: {action}."),
          new Phrase(
              "inactive-6",
              "A moment to move",
              "Few steps since {since}, {minutes} minutes in all; this is from steps alone"
                  + " ({sensor}). Something different: {action}."));

  private static final Phrase SILENCE =
      new Phrase(
          "silence-1",
          "No data for a while",
          "Nothing has come from your sensors for {minutes} minutes, since about {since}. If that is"
              + " not as you want it: is the sensor on, and does its app still run?");

  private static final Phrase CHARGING =
      new Phrase(
          "charging-1",
          "A sensor would like to charge",
          "The battery of the {sensor} is low since about {since}. Plug it in when it suits you.");

  private static final Phrase POSITION =
      new Phrase(
          "position-1",
          "A short walk for your sensor",
          "The {sensor} cannot tell how it is worn, since about {since}. Ten steps are enough, or"
              + " stand still for a moment on the calibration page.");

  private static final int NEEDS_CHARGING = 1;

  private Phrases() {}

  /** What is said about a sensor; the level of a need tells which it is. */
  static Phrase aboutSensors(EpisodeKind kind, int level) {
    if (kind == EpisodeKind.DATA_SILENCE) {
      return SILENCE;
    }
    return level == NEEDS_CHARGING ? CHARGING : POSITION;
  }
}
