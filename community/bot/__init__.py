"""The conversation by text message and on the web. To come: nothing here is used yet."""
