package io.lumbar.http;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Sends a reader who is not signed in to the page for that, from where they get on. */
public final class SignInFirst {
  private SignInFirst() {}

  /** Answers a request for a page. */
  public static void redirect(Context context) {
    String query = context.queryString();
    String goal = context.path() + (query == null ? "" : "?" + query);
    context.redirect(
        goal.equals("/")
            ? "/signin"
            : "/signin?next=" + URLEncoder.encode(goal, StandardCharsets.UTF_8));
  }
}
