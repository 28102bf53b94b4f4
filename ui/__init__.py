"""What people and programs touch: command line, web application, API. No rule of the domain lives here."""
