package parley.local.push;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A game on a device, as the REST API has it.
 *
 * @param platform in small letters
 * @param pushChannel the token that the platform knows the device by
 * @param expiredPushChannel whether the platform has given the token up
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Installation(
    String installationId,
    String userId,
    String platform,
    String pushChannel,
    boolean expiredPushChannel,
    Set<String> tags) {

  /** What a segment of an address may hold, there as here. */
  static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,256}");

  private static final Pattern APNS_TOKEN = Pattern.compile("[0-9a-fA-F]+");
  private static final int MOST_TAGS = 60;

  Installation {
    require(installationId != null && ID.matcher(installationId).matches(), "installationId");
    require(platform != null, "platform");
    platform = platform.toLowerCase(Locale.ROOT);
    require(Format.ofPlatform(platform).isPresent(), "platform");
    require(pushChannel != null && !pushChannel.isBlank(), "pushChannel");
    require(!platform.equals("apns") || APNS_TOKEN.matcher(pushChannel).matches(), "pushChannel");
    tags = tags == null ? Set.of() : Set.copyOf(tags);
    require(tags.size() <= MOST_TAGS, "tags");
    require(tags.stream().allMatch(tag -> TagExpression.TAG.matcher(tag).matches()), "tags");
  }

  /** The same one, of which the platform has said that its token is no good any more. */
  Installation expired() {
    return new Installation(installationId, userId, platform, pushChannel, true, tags);
  }

  /** As it was put there: what it says of its expiry does not count. */
  Installation fresh() {
    return new Installation(installationId, userId, platform, pushChannel, false, tags);
  }

  /** Its tags, and those that every installation has. */
  @JsonIgnore
  Set<String> allTags() {
    Set<String> all = new TreeSet<>(tags);
    all.add("$InstallationId:{" + installationId + "}");
    if (userId != null) {
      all.add("$UserId:{" + userId + "}");
    }
    return all;
  }

  private static void require(boolean holds, String field) {
    if (!holds) {
      throw new IllegalArgumentException("the installation's " + field + " is missing or wrong");
    }
  }
}
