package dev.assay.dashboard.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem document of RFC 9457.
 *
 * @param type a stable name, {@code urn:assay:problem:…}
 * @param status of HTTP, 400 to 599
 * @param detail what, where, the value, the choices
 * @param parameter which parameter of the request is at fault; null if none
 * @param choices what would be right; null if that is no list
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String parameter,
    @Nullable List<String> choices) {
  public static final String MEDIA_TYPE = "application/problem+json";

  /**
   * @param name the last part of the type
   */
  public static Problem of(int status, String name, String title, String detail) {
    return new Problem("urn:assay:problem:" + name, title, status, detail, null, null);
  }

  /** A parameter whose value is not among those it may have. */
  public static Problem badParameter(String parameter, String detail, List<String> choices) {
    return new Problem(
        "urn:assay:problem:bad-parameter",
        "Bad parameter",
        400,
        detail,
        parameter,
        List.copyOf(choices));
  }

  /** Nothing is called so. */
  public static Problem notFound(String detail) {
    return of(404, "not-found", "Not found", detail);
  }

  public RefusedException refuse() {
    return new RefusedException(this);
  }
}
