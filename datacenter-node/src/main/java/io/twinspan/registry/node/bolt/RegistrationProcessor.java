package io.twinspan.registry.node.bolt;

import com.alipay.remoting.AsyncContext;
import com.alipay.remoting.BizContext;
import com.alipay.remoting.rpc.protocol.AsyncUserProcessor;
import com.alipay.sofa.registry.core.model.BaseRegister;
import io.twinspan.registry.node.session.ClientRegistration;
import io.twinspan.registry.node.session.ClientRequests;
import io.twinspan.registry.node.session.RegistrationAnswer;

/** Takes one kind of registration to the session role, on the connection's IO thread. */
final class RegistrationProcessor<T extends BaseRegister> extends AsyncUserProcessor<T> {
    private final Class<T> type;
    private final ClientRequests requests;
    private final EdgeTally tally;

    RegistrationProcessor(Class<T> type, ClientRequests requests, EdgeTally tally) {
        this.type = type;
        this.requests = requests;
        this.tally = tally;
    }

    @Override
    public String interest() {
        return type.getName();
    }

    @Override
    public boolean processInIOThread() {
        return true;
    }

    @Override
    public boolean timeoutDiscard() {
        return false;
    }

    @Override
    public void handleRequest(BizContext business, AsyncContext answers, T request) {
        tally.registrations.increment();
        EdgeConnection connection =
                business.getConnection().getChannel().attr(EdgeConnection.KEY).get();
        if (connection == null || !type.isInstance(request)) {
            refuse(answers, request, "the request is not what its frame says");
            return;
        }
        ClientRegistration registration;
        try {
            registration = ClientForms.registration(request);
        } catch (IllegalArgumentException impossible) {
            refuse(answers, request, String.valueOf(impossible.getMessage()));
            return;
        }
        connection.onRequest();
        requests.onRegistration(connection, registration).whenComplete((answer, failure) -> {
            connection.onAnswered();
            if (failure != null) {
                // No answer: the client sends again when its second is over. A failed answer would make it spin.
                tally.failedRegistrations.increment();
                return;
            }
            if (answer.isRefused()) {
                tally.refusedRegistrations.increment();
            }
            answers.sendResponse(ClientForms.response(request, true, answer));
        });
    }

    private void refuse(AsyncContext answers, BaseRegister request, String why) {
        tally.refusedRegistrations.increment();
        answers.sendResponse(ClientForms.response(request, false, RegistrationAnswer.refused(why)));
    }
}
