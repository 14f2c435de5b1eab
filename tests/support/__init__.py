"""What tests share that is not a fixture: a file server, a browser tab, a look at HTML."""
