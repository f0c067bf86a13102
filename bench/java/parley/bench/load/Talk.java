package parley.bench.load;

/** What one connection has to say: a request, and after each answer the next one. */
interface Talk {

  /** The first request. */
  Request first();

  /** Takes the answer to the last request, and says the next one; null when there is none. */
  Request next(Answer answer);

  /**
   * An answer. It is searched and not parsed, for the load program shares the cores with the app.
   *
   * @param nanos from the first byte written to the last one read
   */
  record Answer(int status, String body, long nanos) {

    /** Throws unless the answer has this status. */
    void expect(int wanted) {
      if (status != wanted) {
        throw new IllegalStateException("expected " + wanted + ", got " + this);
      }
    }

    /** Throws unless a field holds this text. */
    void expectText(String field, String wanted) {
      if (!wanted.equals(text(field))) {
        throw new IllegalStateException("expected " + field + " " + wanted + ", got " + this);
      }
    }

    /** The text of a field, where the body has it first; null if it holds no text. */
    String text(String field) {
      return text(field, 0);
    }

    /** The same, from a place in the body on. */
    String text(String field, int from) {
      String name = "\"" + field + "\":\"";
      int found = body.indexOf(name, from);
      if (found < 0) {
        return null;
      }
      int begin = found + name.length();
      return body.substring(begin, body.indexOf('"', begin));
    }
  }
}
