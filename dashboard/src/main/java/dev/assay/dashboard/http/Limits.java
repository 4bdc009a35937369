package dev.assay.dashboard.http;

import java.time.Duration;

/**
 * How much a client may ask for.
 *
 * @param initialLine bytes of the request line
 * @param headers bytes of all headers
 * @param connections open at once, over all addresses
 * @param firstRequest from the opening of a connection to the end of a request's headers
 * @param idle between requests on a connection
 * @param request from the headers of a request to the end of its answer
 * @param upload the same for an upload
 * @param uploadBytes size of an upload's body
 * @param addressRate requests per second from one address, on average
 * @param uploadsPerMinute with one token, on average
 * @param streams open streams of events at once
 */
public record Limits(
    int initialLine,
    int headers,
    int connections,
    Duration firstRequest,
    Duration idle,
    Duration request,
    Duration upload,
    long uploadBytes,
    int addressRate,
    int uploadsPerMinute,
    int streams) {
  public static Limits standard() {
    return new Limits(
        4096,
        16 << 10,
        10_000,
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        256L << 20,
        500,
        60,
        2_000);
  }

  public Limits withAddressRate(int rate) {
    return new Limits(
        initialLine,
        headers,
        connections,
        firstRequest,
        idle,
        request,
        upload,
        uploadBytes,
        rate,
        uploadsPerMinute,
        streams);
  }
}
