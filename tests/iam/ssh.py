"""An SSH public key for tests, whose private half nobody has."""

SSH = (
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDDKoyHuKG1DkvL72Sp9PjYveDdEnobN5mJgQksg0DNx+jTdB1b9A"
    "lgqND72sJG9JOFrvUjKV0Qyk57aqPntDDRRTE9ytbklXkAsXbFdDTygVD0tNOezShidbfnASXfzHqqCWmsBzbSZxOG"
    "AfIlULE7MeZhN7W4B8cG8MEFYNdXjm54Dd/VAn+YBFjHSJbgFwMa8UqAOA0GSkh2FPa1l1FBH1iMg641SvoAJDimKK"
    "21o08doxKvt0JMK3/JvYuL19pk52iHbFevKRqDOdSeWh2AonV7NVzK+nFWw7PWPll66bAyeEmx956QYXHZ1ljMhoHs"
    "QPk13vK/4E1cAsdzoUPV"
)
