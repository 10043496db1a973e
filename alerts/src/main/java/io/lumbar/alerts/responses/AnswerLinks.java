package io.lumbar.alerts.responses;

import io.lumbar.model.AlertResponse.Action;
import java.net.URI;

/**
 * Where an alert can be answered from a message.
 *
 * @param page the start of links, which the wearer's phone must be able to reach
 */
public record AnswerLinks(URI page, AnswerTickets tickets) {

  /** The page, open at an alert. */
  public static URI alert(URI page, String alert) {
    return URI.create(start(page) + "/#alert-" + alert);
  }

  private static String start(URI page) {
    return page.toString().replaceAll("/+$", "");
  }

  /** Takes a {@code POST} with an answer and a ticket. */
  public URI response(String alert) {
    return URI.create(start(page) + "/api/v1/alerts/" + alert + "/response");
  }

  /** A ticket for the answer. */
  public String ticket(String alert, Action action) {
    return tickets.issue(alert, action);
  }
}
