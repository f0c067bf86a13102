package parley.platform.identity;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.azure.identity.DefaultAzureCredential;
import com.azure.identity.ManagedIdentityCredential;
import org.junit.jupiter.api.Test;

class IdentityTest {

  @Test
  void a_managed_identity_is_the_apps_own_or_one_that_is_named() {
    assertInstanceOf(ManagedIdentityCredential.class, new Identity(true, "").credential());
    assertInstanceOf(ManagedIdentityCredential.class, new Identity(true, "id").credential());
  }

  @Test
  void without_a_managed_identity_it_is_who_is_signed_in() {
    assertInstanceOf(DefaultAzureCredential.class, new Identity(false, "").credential());
    assertInstanceOf(DefaultAzureCredential.class, new Identity(false, "id").credential());
  }
}
