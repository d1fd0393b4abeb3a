package io.conversion.model.lifecycle;

import io.conversion.core.json.ArtifactText;

/** Why a row cannot be part of a log. */
enum RowProblem {
    NONE(""),
    REPEATED_SIGNUP("user %s signed up before; a user signs up once"),
    UNKNOWN_USER("user %s has no signup"),
    BEFORE_SIGNUP("the day lies before the signup of user %s");

    private final String sentence;

    RowProblem(String sentence) {
        this.sentence = sentence;
    }

    String sentence(String user) {
        return sentence.replace("%s", ArtifactText.quoted(user));
    }
}
