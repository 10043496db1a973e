package io.lumbar.alerts;

import io.lumbar.model.AlertResponse;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Episode;
import io.lumbar.model.Experiment;
import io.lumbar.model.WearerId;

/** What the policy listens to. */
sealed interface AlertInput {
  WearerId wearer();

  /** The newest record of an episode. */
  record EpisodeSeen(Episode episode) implements AlertInput {
    @Override
    public WearerId wearer() {
      return episode.wearer();
    }
  }

  /** An alert reached none of its wearer's channels while it was of use. */
  record Missed(WearerId wearer, String alert) implements AlertInput {}

  /** A wearer tries what alerts change, or takes that back. */
  record Tried(WearerId wearer, Experiment experiment) implements AlertInput {}

  /** A wearer tells how they feel, amends that or takes it back. */
  record Felt(WearerId wearer, CheckIn checkIn) implements AlertInput {}

  /** A wearer's settings are others now: a pause ended, days of listening, a meeting is shorter. */
  record SettingsChanged(WearerId wearer) implements AlertInput {}

  /** A wearer's answer to an alert. */
  record Answered(AlertResponse response) implements AlertInput {
    @Override
    public WearerId wearer() {
      return response.wearer();
    }
  }
}
