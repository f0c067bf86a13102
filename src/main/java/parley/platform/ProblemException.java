package parley.platform;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.type() + ": " + problem.detail());
    this.problem = problem;
  }

  /** A store that does not answer is the cause. */
  public ProblemException(Problem problem, Throwable cause) {
    super(problem.type() + ": " + problem.detail(), cause);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
