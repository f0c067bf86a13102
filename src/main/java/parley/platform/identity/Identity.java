package parley.platform.identity;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;

/**
 * Who the app is to a service that no password opens, told as to the platform's own bindings.
 *
 * @param managed whether it is a managed identity of the app, {@code __credential} = {@code
 *     managedidentity}; else whoever is signed in, as on a developer's machine by {@code az login}
 * @param clientId which managed identity, {@code __clientId}; empty for the app's own
 */
public record Identity(boolean managed, String clientId) {

  /** What asks Microsoft Entra for its tokens; does not ask yet. */
  public TokenCredential credential() {
    String id = clientId.isEmpty() ? null : clientId;
    return managed
        ? new ManagedIdentityCredentialBuilder().clientId(id).build()
        : new DefaultAzureCredentialBuilder().managedIdentityClientId(id).build();
  }
}
