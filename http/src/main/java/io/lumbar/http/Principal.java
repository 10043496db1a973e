package io.lumbar.http;

import io.lumbar.model.Device;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;

/** Who sends a request, from its token or sign-in cookie. */
public sealed interface Principal {

  /** Reads and manages everything on a single machine. */
  record Owner() implements Principal {}

  /** Manages wearers and devices of a cluster, reads no health values. */
  record Admin() implements Principal {}

  /**
   * Reads their own history and answers their own alerts.
   *
   * @param tokenHash of the token that was shown, which may be one that another is replacing
   */
  record WearerPrincipal(Wearer wearer, String tokenHash) implements Principal {

    /** By the newest token. */
    public WearerPrincipal(Wearer wearer) {
      this(wearer, wearer.tokenHash());
    }
  }

  /** Uploads for one device. */
  record DevicePrincipal(Device device) implements Principal {}

  /** May read the history of a wearer and respond for them. */
  default boolean mayRead(WearerId wearer) {
    return switch (kind()) {
      case OWNER -> true;
      case WEARER -> ((WearerPrincipal) this).wearer().id().equals(wearer);
      case ADMIN, DEVICE -> false;
    };
  }

  /** May add wearers and devices. */
  default boolean mayManage() {
    return kind() == Kind.OWNER || kind() == Kind.ADMIN;
  }

  /** The four kinds, for switches; Java 17 has no pattern switch. */
  enum Kind {
    OWNER,
    ADMIN,
    WEARER,
    DEVICE
  }

  /** Which of the four this is. */
  default Kind kind() {
    if (this instanceof Owner) {
      return Kind.OWNER;
    }
    if (this instanceof Admin) {
      return Kind.ADMIN;
    }
    return this instanceof WearerPrincipal ? Kind.WEARER : Kind.DEVICE;
  }
}
