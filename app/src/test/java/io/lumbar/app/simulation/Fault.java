package io.lumbar.app.simulation;

import io.lumbar.analytics.stream.InputLag;
import java.time.InstantSource;
import org.apache.kafka.streams.processor.api.Processor;

/** What a broken variant of the topology does otherwise; by default nothing. */
interface Fault {
  /** The topology as it is. */
  Fault NONE = new Fault() {};

  /** A processor in place of the real one of a node. */
  default Processor<Object, Object, Object, Object> around(
      String node, Processor<Object, Object, Object, Object> real) {
    return real;
  }

  /** The clock that detectors are given in place of the present. */
  default InstantSource clock(InstantSource present) {
    return present;
  }

  /** What timers are told about unread input. */
  default InputLag lag(InputLag real) {
    return real;
  }
}
