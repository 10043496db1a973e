package io.lumbar.alerts.stretches.figures;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Locale;

/** The points of a figure that everything is drawn between. */
enum Joint {
  PELVIS,
  WAIST,
  CHEST,
  NECK,
  HEAD,
  NOSE,
  RIGHT_HIP,
  RIGHT_KNEE,
  RIGHT_ANKLE,
  RIGHT_TOES,
  RIGHT_SHOULDER,
  RIGHT_ELBOW,
  RIGHT_WRIST,
  RIGHT_FINGERS,
  LEFT_HIP,
  LEFT_KNEE,
  LEFT_ANKLE,
  LEFT_TOES,
  LEFT_SHOULDER,
  LEFT_ELBOW,
  LEFT_WRIST,
  LEFT_FINGERS;

  @JsonCreator
  static Joint of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
