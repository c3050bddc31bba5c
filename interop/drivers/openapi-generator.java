import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.ExternalSharingApi;
import org.openapitools.client.model.DateToAutoCleanUp;
import org.openapitools.client.model.DisplayRequestDto;
import org.openapitools.client.model.ExternalShareDto;
import org.openapitools.client.model.ExternalShareRequestParam;
import org.openapitools.client.model.ExternalShareStatus;
import org.openapitools.client.model.FileShare;
import org.openapitools.client.model.SortedByType;

/** Makes the four calls with the client that OpenAPI Generator made for java, at the portal of interop/portal.yaml. */
class Driver {
    static final ExternalSharingApi OWNER = new ExternalSharingApi(client("owner-token"));
    static final DisplayRequestDto ON = new DisplayRequestDto().set(true), OFF = new DisplayRequestDto().set(false);

    public static void main(String[] args) throws ApiException {
        settings();
        order();
        switches();
        password();
        System.out.println("Made the four calls");
    }

    static ApiClient client(String token) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(System.getenv("DOCSPACE_URL"));
        if (token != null) { // the library java.net.http has no setting for it
            client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        }
        return client;
    }

    static void settings() throws ApiException {
        var settings = OWNER.getFilesSettings(null).getResponse();
        equal(settings.getExtsConvertible().get(".docx").contains(".pdf"), true);
        equal(settings.getInternalFormats().get("Document"), ".docx");
        equal(settings.getChunkUploadSize(), 10L << 20);
        equal(settings.getDefaultSharingAccessRights(), List.of(FileShare.Read));
        equal(settings.getAutomaticallyCleanUp().getGap(), DateToAutoCleanUp.ThirtyDays);
        equal(List.of(FileShare.NoAccess.getValue(), DateToAutoCleanUp.NotSet.getValue()), List.of(0, 0));
    }

    static void order() throws ApiException {
        var order = OWNER.getFilesSettings(null).getResponse().getDefaultOrder();
        equal(order.getIsAsc(), false);
        equal(order.getProperty(), SortedByType.DateAndTime);
        order = OWNER.getFilesSettings(List.of("defaultOrder")).getResponse().getDefaultOrder();
        equal(order.getAdditionalProperties(), Map.of("isAsc", false, "sortedBy", 0));
    }

    static List<Boolean> flags() throws ApiException {
        var settings = OWNER.getFilesSettings(null).getResponse();
        return List.of(settings.getExternalShare(), settings.getExternalShareSocialMedia());
    }

    static void switches() throws ApiException {
        equal(flags(), List.of(true, true));
        equal(OWNER.externalShare(OFF).getResponse(), false);
        equal(flags(), List.of(false, false));
        equal(OWNER.externalShareSocialMedia(ON).getResponse(), false);
        equal(OWNER.externalShare(ON).getResponse(), true);
        equal(OWNER.externalShareSocialMedia(ON).getResponse(), true);
        equal(flags(), List.of(true, true));
        int status = 200;
        try {
            new ExternalSharingApi(client(null)).externalShare(OFF);
        } catch (ApiException e) {
            status = e.getCode();
        }
        equal(status, 401);
    }

    static void password() throws ApiException {
        equal(apply("wrong").getStatus(), ExternalShareStatus.InvalidPassword);
        var share = apply("Secret123!");
        equal(share.getStatus(), ExternalShareStatus.Ok);
        equal(share.getTitle(), "Marketing");
        equal(share.getIsRoom(), true);
    }

    static ExternalShareDto apply(String password) throws ApiException {
        var param = new ExternalShareRequestParam().password(password);
        return new ExternalSharingApi(client(null)).applyExternalSharePassword("protected", param).getResponse();
    }

    static void equal(Object got, Object want) {
        if (!Objects.equals(got, want)) {
            throw new AssertionError("got " + got + " instead of " + want);
        }
    }
}
