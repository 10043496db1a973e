package io.lumbar.ingest;

import io.javalin.http.Context;
import io.lumbar.http.ApiException;
import io.lumbar.http.Authentication;
import io.lumbar.http.Principal;
import io.lumbar.http.Registry;
import io.lumbar.model.Device;
import io.lumbar.model.Wearer;
import org.jspecify.annotations.Nullable;

/** Finds out for which device a request uploads. */
final class Uploaders {
  private final Authentication authentication;
  private final Registry registry;

  Uploaders(Authentication authentication, Registry registry) {
    this.authentication = authentication;
    this.registry = registry;
  }

  /**
   * The device whose token came with the request, or, for the owner, the one that the query names.
   *
   * @throws ApiException 401 without a token, 403 with one that does not upload
   */
  Source require(Context ctx) {
    return source(ctx, authentication.require(ctx), ctx.path());
  }

  /**
   * The device whose token came in the path.
   *
   * @throws ApiException 401 when it is not known, 403 when it does not upload
   */
  Source requireToken(Context ctx, String token, String where) {
    return source(ctx, authentication.requireToken(ctx, token), where);
  }

  private Source source(Context ctx, Principal principal, String where) {
    Device device =
        switch (principal.kind()) {
          case DEVICE -> own(((Principal.DevicePrincipal) principal).device(), ctx);
          case OWNER -> named(ctx.queryParam("device"));
          case ADMIN, WEARER ->
              throw ApiException.forbidden(
                  "uploading takes a device's token; add one with: lumbar device add");
        };
    Wearer wearer =
        registry
            .wearer(device.wearer().value())
            .orElseThrow(() -> ApiException.forbidden("this device's wearer was removed"));
    return new Source(wearer, device, null, where);
  }

  /** A device uploads for itself; who names another one means another token. */
  private static Device own(Device device, Context ctx) {
    String named = ctx.queryParam("device");
    if (named != null && !named.equals(device.id().value())) {
      throw ApiException.badRequest(
          "device: this token uploads for its own device alone; leave it out, or use the token of"
              + " that device");
    }
    return device;
  }

  private Device named(@Nullable String id) {
    if (id == null) {
      throw ApiException.badRequest(
          "device: missing; the owner's token uploads with ?device=ID, a device's without");
    }
    return registry
        .device(id)
        .orElseThrow(() -> ApiException.badRequest("device: no device has the id '" + id + "'"));
  }
}
