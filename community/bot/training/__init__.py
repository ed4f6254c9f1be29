"""Making the model that `understanding` reads. For those who change phrases; the service never loads this."""
