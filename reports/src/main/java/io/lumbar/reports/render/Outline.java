package io.lumbar.reports.render;

import io.lumbar.reports.trends.Trend;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A report as a row of blocks, for formats that cannot hold the drawings of the page: mail, PDF.
 *
 * @param name whose
 * @param title what it is about
 * @param filing lines by which it is told from others in a file
 */
record Outline(String name, String title, List<Block> blocks, List<String> filing) {

  Outline {
    filing = List.copyOf(filing);
    blocks = List.copyOf(blocks);
  }

  /** A piece of a report. */
  sealed interface Block {}

  /** What comes first. */
  record Lead(String text) implements Block {}

  /** Begins a part. */
  record Heading(String text) implements Block {}

  /** A line of reading, quiet where it says what something is a part of. */
  record Sentence(String text, boolean quiet) implements Block {}

  /**
   * Something to do: its title and the reason.
   *
   * @param how what exactly, a line each; none where that needs no words
   */
  record Item(String title, String text, List<String> how) implements Block {

    Item {
      how = List.copyOf(how);
    }
  }

  /** A place to go on to. */
  record Link(String text, URI to) implements Block {}

  /** A number with its name, and what is usual. */
  record Row(String label, String value, String note) implements Block {}

  /**
   * A span of time cut into pieces, with a scale below.
   *
   * @param spoken the same in words
   * @param from label of the left end
   * @param to label of the right end
   * @param hours of the clock in between
   */
  record Strip(List<Piece> pieces, String spoken, String from, String to, List<Axis.Hour> hours)
      implements Block {

    Strip {
      hours = List.copyOf(hours);
      pieces = List.copyOf(pieces);
    }

    /** The colours by what they stand for, in order of appearance. */
    Map<String, String> key() {
      Map<String, String> key = new LinkedHashMap<>();
      for (Piece piece : pieces) {
        if (!piece.name().isEmpty()) {
          key.put(piece.name(), piece.colour());
        }
      }
      return key;
    }
  }

  /**
   * A piece of a strip.
   *
   * @param share of the whole, 0 to 1
   * @param name of what it shows; empty where nothing is known
   * @param colour as six hexadecimal digits
   */
  record Piece(double share, String name, String colour) {}

  /**
   * Shares of a whole, a bar each from the same edge.
   *
   * @param caption what they are shares of
   */
  record Bars(String caption, List<Bar> bars) implements Block {

    Bars {
      bars = List.copyOf(bars);
    }
  }

  /**
   * One share.
   *
   * @param value in words; empty where it is not told
   * @param share of the whole, 0 to 1
   * @param colour as six hexadecimal digits
   */
  record Bar(String label, String value, double share, String colour) {}

  /**
   * A small line over days.
   *
   * @param days that have their name below it, by date; none where the days are too many
   */
  record Spark(String label, String words, Trend trend, List<DayMark> days) implements Block {

    Spark {
      days = List.copyOf(days);
    }
  }

  /**
   * A day below a line.
   *
   * @param index of its point in the trend
   * @param weekday in three letters
   * @param day of the month
   */
  record DayMark(int index, String weekday, String day) {}
}
